import { fullTemplate } from './samples';

test('a template with one of everything, in JSON', () => {
  expect(fullTemplate().toJson()).toBe(`{
  "//": "Written by a program.",
  "packer": {
    "required_version": ">= 1.16.0",
    "required_plugins": {
      "ansible": {
        "source": "github.com/hashicorp/ansible",
        "version": ">= 1.1.0"
      },
      "proxmox": {
        "source": "github.com/hashicorp/proxmox",
        "version": ">= 1.2.4"
      }
    }
  },
  "variable": {
    "proxmox_token": {
      "//": "Given as PKR_VAR_proxmox_token.",
      "description": "Secret of the \${token}.",
      "sensitive": true,
      "type": "string",
      "validation": {
        "condition": "\${length(var.proxmox_token) > 0}",
        "error_message": "The token must not be empty."
      }
    },
    "disk_sizes": {
      "default": {
        "data": 100,
        "root": 20
      },
      "type": "map(number)"
    },
    "commit": {
      "default": "\${env(\\"GIT_COMMIT\\")}",
      "type": "string"
    },
    "mirror": {
      "default": "\${null}",
      "type": "string"
    },
    "features": {
      "default": [
        {
          "name": "a",
          "on": true
        }
      ],
      "type": "list(object({ name = string, on = bool }))"
    }
  },
  "locals": {
    "literal": "no $\${expression}",
    "stamp": "\${formatdate(\\"YYYYMMDD\\", timestamp())}"
  },
  "local": {
    "build_password": {
      "//": "A secret for one build.",
      "expression": "\${uuidv4()}",
      "sensitive": true
    }
  },
  "data": {
    "http": {
      "release": {
        "//": "Newest release.",
        "method": "GET",
        "request_body": "",
        "request_headers": {
          "Accept": "application/json"
        },
        "url": "https://example.com/release.json"
      }
    },
    "null": {
      "echo": {
        "input": "x"
      }
    }
  },
  "source": {
    "proxmox-clone": {
      "ubuntu": {
        "//": "Baked from the cloud image.",
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
        "ssh_password": "\${local.build_password}",
        "ssh_timeout": "30m",
        "ssh_username": "packer",
        "token": "\${var.proxmox_token}",
        "username": "packer@pve!build",
        "vm_id": 9102
      }
    },
    "proxmox-iso": {
      "debian": {
        "communicator": "ssh",
        "node": "pve",
        "proxmox_url": "https://pve.lan:8006/api2/json",
        "ssh_handshake_attempts": 10,
        "ssh_password": "\${local.build_password}",
        "ssh_timeout": "30m",
        "ssh_username": "packer",
        "token": "\${var.proxmox_token}",
        "username": "packer@pve!build",
        "vm_id": 9001,
        "boot_iso": {
          "iso_file": "local:iso/debian-12.7.0-amd64-netinst.iso"
        }
      }
    },
    "null": {
      "nothing": {
        "//": "Builds nothing.",
        "communicator": "none"
      }
    }
  },
  "build": {
    "description": "Images for $\${everybody}.",
    "name": "homelab",
    "sources": [
      "source.proxmox-clone.ubuntu",
      "source.proxmox-iso.debian",
      "source.null.nothing"
    ],
    "provisioner": [
      {
        "shell": {
          "//": "Wait.",
          "except": [
            "null.nothing"
          ],
          "inline": [
            "cloud-init status --wait",
            "echo \${data.http.release.body} \\"$\${HOME}\\""
          ]
        }
      },
      {
        "ansible": {
          "except": [
            "null.nothing"
          ],
          "playbook_file": "\${path.root}/files/site.yml",
          "use_proxy": true,
          "user": "packer"
        }
      },
      {
        "shell": {
          "inline": [
            "sync"
          ],
          "max_retries": 1,
          "only": [
            "proxmox-clone.ubuntu"
          ],
          "override": {
            "ubuntu": {
              "inline": [
                "sync",
                "sync"
              ]
            }
          }
        }
      },
      {
        "breakpoint": {
          "disable": true
        }
      }
    ],
    "error-cleanup-provisioner": {
      "shell-local": {
        "inline": [
          "echo failed"
        ]
      }
    },
    "post-processor": [
      {
        "manifest": {
          "custom_data": {
            "commit": "\${var.commit}"
          },
          "output": "\${path.root}/manifest.json"
        }
      },
      {
        "shell-local": {
          "inline": [
            "echo \${build.ID}"
          ],
          "name": "tell"
        }
      }
    ],
    "post-processors": {
      "post-processor": [
        {
          "artifice": {
            "files": [
              "a"
            ]
          }
        },
        {
          "checksum": {}
        }
      ]
    }
  }
}
`);
});
