import { Body, JsonRenderer } from '../../lib/hcl';
import * as packer from '../../lib/packer';
import { FULL_CLONE, MINIMAL_CLONE } from './samples';

const toJson = (source: packer.Source) => new JsonRenderer().render(new Body({}, [source.toBlock()]));

test('required properties only, in JSON', () => {
  expect(toJson(new packer.ProxmoxCloneSource('ubuntu', MINIMAL_CLONE))).toBe(`{
  "source": {
    "proxmox-clone": {
      "ubuntu": {
        "clone_vm_id": 9100,
        "communicator": "ssh",
        "cores": 2,
        "cpu_type": "x86-64-v2-AES",
        "memory": 2048,
        "node": "pve",
        "os": "l26",
        "proxmox_url": "https://pve.lan:8006/api2/json",
        "scsi_controller": "virtio-scsi-single",
        "ssh_handshake_attempts": 10,
        "ssh_timeout": "5m",
        "ssh_username": "packer",
        "token": "\${var.proxmox_token}",
        "username": "packer@pve!build"
      }
    }
  }
}
`);
});

test('all properties, in JSON', () => {
  expect(toJson(new packer.ProxmoxCloneSource('ubuntu', FULL_CLONE))).toBe(`{
  "source": {
    "proxmox-clone": {
      "ubuntu": {
        "//": "All that can be said.",
        "ballooning_minimum": 1024,
        "bios": "ovmf",
        "boot": "order=scsi0;net0",
        "boot_command": [
          "c",
          "<wait2s>",
          "url=http://{{ .HTTPIP }}:{{ .HTTPPort }}/preseed.cfg",
          "<enter>"
        ],
        "boot_key_interval": "50ms",
        "boot_keygroup_interval": "100ms",
        "boot_wait": "20s",
        "clone_vm_id": 9100,
        "cloud_init": true,
        "cloud_init_disable_upgrade_packages": true,
        "cloud_init_disk_type": "scsi",
        "cloud_init_storage_pool": "tank",
        "communicator": "ssh",
        "cores": 4,
        "cpu_type": "x86-64-v2-AES",
        "disable_kvm": false,
        "full_clone": false,
        "http_bind_address": "192.168.1.2",
        "http_content": {
          "/preseed.cfg": "d-i {{ \\"{{\\" }} x }}\\n"
        },
        "http_network_protocol": "tcp4",
        "http_port_max": 8010,
        "http_port_min": 8000,
        "insecure_skip_tls_verify": true,
        "machine": "q35",
        "memory": 4096,
        "nameserver": "192.168.1.1 2001:db8::1",
        "node": "pve",
        "numa": true,
        "onboot": false,
        "os": "l26",
        "pause_before_connecting": "15s",
        "pool": "images",
        "proxmox_url": "https://pve.lan:8006/api2/json",
        "qemu_additional_args": "-rtc base=utc",
        "qemu_agent": true,
        "scsi_controller": "virtio-scsi-single",
        "searchdomain": "lan",
        "serials": [
          "socket",
          "/dev/ttyS1"
        ],
        "skip_convert_to_template": false,
        "sockets": 2,
        "ssh_agent_auth": true,
        "ssh_bastion_agent_auth": true,
        "ssh_bastion_certificate_file": "~/.ssh/bastion-cert.pub",
        "ssh_bastion_host": "bastion.lan",
        "ssh_bastion_interactive": true,
        "ssh_bastion_password": "\${var.bastion_password}",
        "ssh_bastion_port": 22,
        "ssh_bastion_private_key_file": "~/.ssh/bastion",
        "ssh_bastion_username": "jump",
        "ssh_certificate_file": "~/.ssh/id_ed25519-cert.pub",
        "ssh_ciphers": [
          "aes256-gcm@openssh.com"
        ],
        "ssh_clear_authorized_keys": true,
        "ssh_disable_agent_forwarding": true,
        "ssh_file_transfer_method": "sftp",
        "ssh_handshake_attempts": 20,
        "ssh_host": "192.168.1.50",
        "ssh_keep_alive_interval": "10s",
        "ssh_key_exchange_algorithms": [
          "curve25519-sha256"
        ],
        "ssh_local_tunnels": [
          "9090:localhost:9090"
        ],
        "ssh_password": "\${var.build_password}",
        "ssh_port": 2222,
        "ssh_private_key_file": "~/.ssh/id_ed25519",
        "ssh_pty": true,
        "ssh_read_write_timeout": "5m",
        "ssh_remote_tunnels": [
          "8080:mirror.lan:80"
        ],
        "ssh_timeout": "30m",
        "ssh_username": "packer",
        "tags": "golden;ubuntu",
        "task_timeout": "30m",
        "template_description": "Ubuntu {{ \\"{{\\" }} 24.04 }}, built by $\${packer}",
        "template_name": "ubuntu-24-04",
        "token": "\${var.proxmox_token}",
        "username": "packer@pve!build",
        "vm_id": 9102,
        "vm_interface": "ens18",
        "vm_name": "build-ubuntu",
        "network_adapters": [
          {
            "bridge": "vmbr0",
            "firewall": true,
            "mac_address": "BC:24:11:00:00:01",
            "model": "virtio",
            "mtu": 9000,
            "packet_queues": 4,
            "vlan_tag": "20"
          },
          {
            "bridge": "vmbr1",
            "model": "virtio"
          }
        ],
        "disks": [
          {
            "asyncio": "io_uring",
            "cache_mode": "writeback",
            "discard": true,
            "disk_size": "40G",
            "exclude_from_backup": true,
            "format": "raw",
            "io_thread": true,
            "ssd": true,
            "storage_pool": "tank",
            "type": "scsi"
          },
          {
            "disk_size": "1536M",
            "storage_pool": "tank",
            "type": "scsi"
          }
        ],
        "additional_iso_files": [
          {
            "cd_content": {
              "meta-data": "",
              "user-data": "#cloud-config\\n# {{ \\"{{\\" }} ds.meta_data }}\\n"
            },
            "cd_files": [
              "\${path.root}/files/seed/*"
            ],
            "cd_label": "cidata",
            "index": "30",
            "iso_storage_pool": "local",
            "keep_cdrom_device": false,
            "type": "scsi",
            "unmount": true
          },
          {
            "index": "5",
            "iso_checksum": "sha256:0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef",
            "iso_download_pve": true,
            "iso_storage_pool": "local",
            "iso_target_extension": "iso",
            "iso_url": "https://example.com/drivers.iso",
            "type": "sata"
          },
          {
            "index": "4",
            "iso_checksum": "sha256:0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef",
            "iso_storage_pool": "local",
            "iso_urls": [
              "https://example.com/a.iso",
              "https://example.org/a.iso"
            ],
            "type": "sata"
          },
          {
            "index": "29",
            "iso_file": "local:iso/tools.iso",
            "type": "scsi"
          }
        ],
        "tpm_config": {
          "tpm_storage_pool": "tank",
          "tpm_version": "v2.0"
        },
        "vga": {
          "memory": 32,
          "type": "serial0"
        },
        "rng0": {
          "max_bytes": 2048,
          "period": 500,
          "source": "/dev/urandom"
        },
        "pci_devices": [
          {
            "hide_rombar": true,
            "legacy_igd": false,
            "mapping": "gpu",
            "mdev": "nvidia-259",
            "pcie": true,
            "romfile": "vbios.bin",
            "x_vga": true
          },
          {
            "device_id": "0x2204",
            "host": "0000:01:00.0",
            "sub_device_id": "0x1467",
            "sub_vendor_id": "0x10de",
            "vendor_id": "0x10de"
          }
        ],
        "ipconfig": [
          {
            "gateway": "192.168.1.1",
            "gateway6": "2001:db8:0:0:0:0:0:1",
            "ip": "192.168.1.50/24",
            "ip6": "2001:db8::50/64"
          },
          {
            "ip": "dhcp",
            "ip6": "auto"
          }
        ]
      }
    }
  }
}
`);
});
