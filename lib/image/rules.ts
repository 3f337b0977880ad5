import { ruleTable } from '../core';

/**
 * Rules of templates and golden images.
 * @internal
 */
export const imageRules = ruleTable({
  'template-name-form': {
    rule: 'A template has a DNS name: letters, digits and hyphens, in parts of at most 63 characters joined by dots.',
    remedy: 'Choose a name such as ubuntu-2404.',
    see: 'https://pve.proxmox.com/pve-docs/qm.conf.5.html',
  },
  'disk-smaller-than-image': {
    rule: 'A disk is not smaller than the image it is made of: Proxmox VE grows disks and never shrinks them.',
    remedy: 'Choose a size of at least that of the image.',
    see: 'https://registry.terraform.io/providers/bpg/proxmox/latest/docs/resources/virtual_environment_vm',
  },
  'memory-too-small-for-import': {
    rule: 'A template for a general purpose Linux has at least 512 MiB of memory: its cloud-init and package manager do not run in less.',
    remedy: 'Choose Size.gibibytes(1) or more.',
  },
  'image-build-context': {
    rule: 'The context proxmox-constructs:imageBuild says who runs Packer: deploy or external.',
    remedy: 'Write one of the two in cdktf.json, or leave it out.',
    see: 'https://developer.hashicorp.com/terraform/cdktf/create-and-deploy/configuration-file',
  },
  'base-not-bakeable': {
    rule: 'A template can be baked further when it says how its guest is set up (guest.setup), has cloud-init, and lets Packer in by SSH.',
    remedy: 'Give the guest of the existing template a setup, for example guestos.Ubuntu.V24_04.guestSetup; install a Windows with RemoteAccess.SSH.',
  },
  'seed-beside-cloud-init-drive': {
    rule: 'A base without the guest agent is reached over DHCP by a seed ISO, and cloud-init would find two drives of the label cidata: the seed and the cloud-init drive of the base.',
    remedy: 'Set cloudInitDrive: false on the base template, or give the golden image a fixed buildAddress.',
  },
  'fixed-address-without-cloud-init-drive': {
    rule: 'A fixed build address reaches the guest by the cloud-init drive of the base, and the base has none.',
    remedy: 'Set cloudInitDrive: true on the base template, or leave buildAddress out for DHCP.',
  },
  'build-address-form': {
    rule: 'A build address is an IPv4 address with its prefix length, such as 192.168.1.50/24, and not the address of the network or its broadcast address.',
    remedy: 'Write address and prefix length of a free address in the network of the bridge.',
  },
  'gateway-outside-network': {
    rule: 'A gateway is an address in the network of the machine, and not the machine itself.',
    remedy: 'Correct the gateway or the prefix length of the address.',
  },
  'ip-address-form': {
    rule: 'A name server is an IPv4 or IPv6 address.',
    remedy: 'Write the address, such as 192.168.1.1, not a name.',
  },
  'build-user-form': {
    rule: 'The build user has a name of 1 to 31 lower-case letters, digits, `-` and `_`, beginning with a letter, and is not root.',
    remedy: 'Leave buildUser out, or choose a name such as packer. The user exists only while the image is built.',
  },
  'build-user-reserved': {
    rule: 'The build user is made for the build, and there is an account or a group of this name in some Linux already, or an installer makes no user of it.',
    remedy: 'Leave buildUser out, or choose a name such as packer.',
  },
  'build-user-of-system': {
    rule: 'The cloud-init of this operating system lets in one user of its own choice, and no other can be the build user.',
    remedy: 'Leave buildUser out.',
  },
  'standard-profile-unsupported': {
    rule: 'The profile standard runs the Ansible roles of this package, and they do not know this operating system.',
    remedy: 'Use profile: ProvisioningProfile.minimal(), and provisioners of your own.',
  },
  'version-form': {
    rule: 'The version of an image has letters, digits, `.`, `-`, `+` and `_`, at most 64 characters.',
    remedy: 'Choose a version such as 1.4.0 or 2026-11.',
  },
  'linked-chain-across-stacks': {
    rule: 'A golden image that is built during a deploy stands in the stack of its base template, so that Terraform builds the base first.',
    remedy: 'Create both in one stack, or build the image outside with build: ImageBuild.EXTERNAL.',
  },
  'ssh-key-form': {
    rule: 'A public SSH key is one whole line as in authorized_keys: type, key, comment. Proxmox VE refuses what ssh-keygen cannot read.',
    remedy: 'Copy the line from the .pub file; never give a private key.',
  },
  'ssh-key-options': {
    rule: 'Before a key stand only options that sshd knows, with commas between them and no blanks outside of quotes. A line that begins with `#` is no key.',
    remedy: 'Leave out what stands before the type of the key, or write it as restrict,from="10.0.0.0/8",command="/usr/bin/uptime".',
    see: 'https://man.openbsd.org/sshd.8#AUTHORIZED_KEYS_FILE_FORMAT',
  },
  'ssh-key-template': {
    rule: 'Ansible takes `{{`, `{%` and `{#` in the key of a user of an image for a template, and puts something else in its place or fails.',
    remedy: 'Leave them out of comment and options of the key.',
  },
  'template-by-name-across-stacks': {
    rule: 'A template that is found by its name has an id only in the configuration that looks it up, and another stack cannot refer to it.',
    remedy: 'Call VmTemplate.fromName in the stack of the clone as well, or use VmTemplate.fromVmId.',
  },
  'cloud-init-slot-form': {
    rule: 'The cloud-init drive of a template has a slot such as scsi1, ide2 or sata0, in which no disk stands.',
    remedy: 'Look the slot up under Hardware of the template, or leave it out where there is no such drive.',
  },
  'build-without-network': {
    rule: 'Packer reaches the machine it bakes over the network, so an image has at least one network device.',
    remedy: 'Leave networkDevices out to have those of the base.',
  },
  'build-timeout': {
    rule: 'A timeout is at least one second: Packer takes 0 for its own default.',
    remedy: 'Choose for example Duration.minutes(20), or leave it out.',
  },
  'install-timeout': {
    rule: 'An installation takes more than 5 minutes, and Packer does not wait longer for its first login by SSH than it is told.',
    remedy: 'Choose for example Duration.minutes(60), or leave it out.',
  },
  'build-user-kept': {
    rule: 'The build user is removed at the end of a build with all that is its own, so it cannot be a user of the image.',
    remedy: 'Choose another name for one of the two.',
  },
  'image-user-name': {
    rule: 'A user or group has a name of 1 to 32 lower-case letters, digits, `-` and `_`, not beginning with a digit or `-`.',
    remedy: 'Choose a name such as ops.',
  },
  'build-password-untold': {
    rule: 'Packer logs in by a password that is made for one build, and the answer files tell the installer neither it nor its hash.',
    remedy: 'Put request.buildPasswordHash, or request.buildPassword, where an answer file says the password of request.buildUser.',
  },
  'image-user-reserved': {
    rule: 'The system has an account or a group of this name already, and the profile standard makes no user of it.',
    remedy: 'Choose a name such as ops.',
  },
  'image-user-shell': {
    rule: 'A login shell is the absolute path of a program.',
    remedy: 'Write it as /bin/bash, or leave it out.',
  },
  'image-user-twice': {
    rule: 'A user stands in the list once.',
    remedy: 'Put both entries into one.',
  },
  'cpu-too-old-for-image': {
    rule: 'The image is built for CPUs with x86-64-v3 (AVX2): on another, its kernel stops at once.',
    remedy: 'Leave cpuType out, or choose CpuType.X86_64_V3 or CpuType.HOST.',
  },
  'iso-volume-form': {
    rule: 'An ISO on a storage is written <storage>:iso/<file>, and the file ends in .iso or .img.',
    remedy: 'Copy it from the output of pvesm list <storage> --content iso.',
    see: 'https://pve.proxmox.com/pve-docs/chapter-pvesm.html',
  },
  'iso-url-form': {
    rule: 'An ISO has an http or https address that ends in .iso, without ? and #.',
    remedy: 'Choose the address of the file itself.',
  },
  'iso-url-moving': {
    rule: 'The address of an ISO names one release: one with `latest` or `current` in it leads to another file soon, which the checksum refuses.',
    remedy: 'Use the address of a release, such as …/archive/13.6.0/….',
  },
  'iso-checksum-missing': {
    rule: 'An ISO that is downloaded has a checksum, given whole or by the address of the vendor\'s list, and not both.',
    remedy: 'Give checksum: guestos.Checksum.sha256(…), or checksumList: the address of SHA256SUMS.',
  },
  'iso-checksum-list-form': {
    rule: 'The list of checksums has an http or https address.',
    remedy: 'Give the address of the vendor\'s SHA256SUMS, SHA512SUMS or CHECKSUM.',
  },
  'iso-checksum-on-node': {
    rule: 'A node that downloads is told the checksum itself; only Packer reads lists.',
    remedy: 'Give the whole checksum, or downloader: IsoDownloader.PACKER.',
  },
  'disk-too-small-for-installation': {
    rule: 'An installation needs a disk of a certain size.',
    remedy: 'Choose that size or more, or leave diskSize out.',
  },
  'memory-too-small-for-installation': {
    rule: 'An installer needs more memory than the system that it installs.',
    remedy: 'Leave memory out, and give the machines that are cloned less.',
  },
  'secure-boot-unsupported': {
    rule: 'Loader or kernel of this operating system are not signed, and the firmware refuses them with Secure Boot.',
    remedy: 'Leave secureBoot out.',
  },
  'answer-delivery-unsupported': {
    rule: 'The installer of this operating system cannot have its answer file in this way.',
    remedy: 'Leave answerDelivery out.',
  },
  'answer-server-unused': {
    rule: 'The answer file goes on a CD: no server is asked for it.',
    remedy: 'Leave answerServer out, or set answerDelivery: guestos.AnswerDelivery.HTTP.',
  },
  'answer-server-address': {
    rule: 'Packer\'s HTTP server listens on an IPv4 address or on the address of a network interface, not on both.',
    remedy: 'Give one of bindAddress and interface, such as 192.168.1.10 or eth0.',
  },
  'answer-server-unreachable': {
    rule: 'The machine that is installed has its address from DHCP, and reaches Packer\'s HTTP server at no address of a loopback, of a link (169.254.0.0/16), or from 224.0.0.0 on.',
    remedy: 'Give an address or an interface that the bridge of the machine reaches, such as 192.168.1.10 or eth0, or 0.0.0.0 for all.',
  },
  'answer-server-ports': {
    rule: 'Ports are whole numbers from 1 to 65535, the first not above the last.',
    remedy: 'Give firstPort and lastPort, such as 8000 and 8010.',
  },
  'additional-isos': {
    rule: 'Each further ISO of an operating system has its place, such as that with the drivers.',
    remedy: 'Give as many as the operating system needs, in its order, or leave additionalIsos out.',
  },
  'too-many-isos': {
    rule: 'A machine has so many slots for CDs: SATA has six, and SCSI 31 with the disk and the cloud-init drive among them.',
    remedy: 'Put what the installer needs on fewer ISOs.',
  },
  'boot-wait': {
    rule: 'The time before the first key is longer than nothing: Packer takes 0 for its own 10 seconds.',
    remedy: 'Choose for example Duration.seconds(5), or leave it out.',
  },
  'locale-form': {
    rule: 'A locale is a language and a territory that glibc has with UTF-8, and names no encoding.',
    remedy: 'Write it as en_US or de_AT.',
  },
  'keyboard-layout-form': {
    rule: 'A layout of the keyboard has a name that the consoles of all systems know, and know for the same layout.',
    remedy: 'Write it as us, uk or de-latin1.',
    see: 'https://man7.org/linux/man-pages/man5/vconsole.conf.5.html',
  },
  'time-zone-form': {
    rule: 'A time zone has its IANA name of today, by which every system knows it.',
    remedy: 'Write it as UTC or Europe/Vienna.',
    see: 'https://data.iana.org/time-zones/tzdb/zone1970.tab',
  },
  'nvidia-branch': {
    rule: 'A branch of NVIDIA\'s drivers is the number that Ubuntu\'s packages have, perhaps with -server. Debian has one branch a release.',
    remedy: 'Write it as 580-server, or leave it out.',
  },
  'nvidia-system': {
    rule: 'The role gpu_nvidia knows Debian 12 and 13, Ubuntu 24.04 and 26.04.',
    remedy: 'Take one of these, or install the drivers by a provisioner of your own.',
  },
  'nvidia-open-modules': {
    rule: 'Debian 12 has open kernel modules of another version than its libraries.',
    remedy: 'Leave openModules out, or take Debian 13 or Ubuntu.',
  },
  'nvidia-secure-boot': {
    rule: 'On Debian, NVIDIA\'s kernel modules are compiled in the image and signed by a key that no firmware knows: Secure Boot refuses them.',
    remedy: 'Leave secureBoot out of the base template, or take Ubuntu, whose modules are signed.',
  },
  'profile-on-windows': {
    rule: 'On Windows the profile standard has users of at most 20 characters, without a shell, their keys, and roles of your own; the rest is for Linux.',
    remedy: 'Leave out packages, nvidiaDriver, k3s and hardening, and install by a provisioner or a role of your own.',
  },
  'provisioner-of-other-system': {
    rule: '`shell` and `ansible-local` run in guests with a POSIX shell; `powershell`, `windows-shell`, `windows-restart` and `windows-update` in Windows.',
    remedy: 'Take the provisioner for the guest, such as packer.Provisioner.powerShell({ … }) for Windows, or give the command that runs it in this one (executeCommand).',
  },
  'hardening-name': {
    rule: 'A rule of the SCAP Security Guide has a short name of letters, digits, `_` and `-`.',
    remedy: 'Write it as sshd_set_idle_timeout, without xccdf_org.ssgproject.content_rule_.',
    see: 'https://complianceascode.github.io/content-pages/guides/index.html',
  },
  'hardening-profile': {
    rule: 'The SCAP Security Guide has a profile of this short name for no system of the family of Red Hat.',
    remedy: 'Choose one such as cis_server_l1, cis, stig or pci-dss, without xccdf_org.ssgproject.content_profile_.',
    see: 'https://complianceascode.github.io/content-pages/guides/index.html',
  },
  'hardening-score': {
    rule: 'A score is from 0 to 100.',
    remedy: 'Choose for example 80, or leave it out.',
  },
  'hardening-system': {
    rule: 'Hardening takes the SCAP Security Guide, which the role has for the family of Red Hat.',
    remedy: 'Take AlmaLinux, Rocky Linux or Fedora, or harden by a role of your own.',
  },
  'role-name': {
    rule: 'A role is the path of its folder, whose name is that of the role: lower-case letters, digits and `_`, and none of this package.',
    remedy: 'Write it as roles/monitoring.',
    see: 'https://docs.ansible.com/ansible/latest/playbook_guide/playbooks_reuse_roles.html',
  },
  'role-without-tasks': {
    rule: 'A role has tasks/main.yml, or handlers, dependencies, modules, plugins or further tasks for other roles: without them Ansible does nothing with the folder.',
    remedy: 'Give the folder of one role, such as roles/monitoring, in which tasks/main.yml is.',
    see: 'https://docs.ansible.com/ansible/latest/playbook_guide/playbooks_reuse_roles.html',
  },
  'role-twice': {
    rule: 'Two roles of one name are one to Ansible.',
    remedy: 'Rename the folder of one of them.',
  },
  'role-variable-name': {
    rule: 'A variable of Ansible has a name of letters, digits and `_`, not beginning with a digit.',
    remedy: 'Choose a name such as monitoring_port.',
  },
  'role-variable-taken': {
    rule: 'This variable is written by the profile itself.',
    remedy: 'Use the property of the profile that it stands for.',
  },
  'role-variable-value': {
    rule: 'Variables go into a file beside the image: texts, numbers, true and false, lists and objects of these, and no secret.',
    remedy: 'Let the role look a secret up when it runs, by lookup(\'env\', …).',
  },
  'package-name-form': {
    rule: 'A package has the name by which the package manager knows it, with a version if need be, and no white space.',
    remedy: 'Write one package in each item, such as htop.',
  },
});
