# Starts Noctiluce Inference on one VM with one flexible GPU.
#
#   terraform init
#   terraform apply -var keypair_name=ops -var client_range=10.20.0.0/16 \
#     -var net_id=vpc-12345678 -var subnet_id=subnet-12345678
#
# The license file is not part of this template: copy it to
# /etc/noctiluce/license.json once the VM runs.

terraform {
  required_version = ">= 1.6"

  required_providers {
    outscale = {
      source  = "outscale/outscale"
      version = "~> 1.1"
    }
  }
}

variable "region" {
  description = "Region of the deployment"
  type        = string
  default     = "cloudgouv-eu-west-1"

  validation {
    condition     = contains(["cloudgouv-eu-west-1", "eu-west-2"], var.region)
    error_message = "Noctiluce Inference is available in cloudgouv-eu-west-1 and eu-west-2."
  }
}

variable "vm_type" {
  description = "VM type; a GPU needs the highest performance flag (p1)"
  type        = string
  default     = "tinav6.c8r64p1"
}

variable "keypair_name" {
  description = "Existing keypair for SSH access"
  type        = string
}

variable "net_id" {
  description = "Existing Net"
  type        = string
}

variable "subnet_id" {
  description = "Existing Subnet of that Net, in Subregion a"
  type        = string
}

variable "client_range" {
  description = "IP range that may call the API, in CIDR notation"
  type        = string
}

variable "model_volume_size" {
  description = "Size in GiB of the volume that holds the models"
  type        = number
  default     = 200
}

locals {
  # Version 1.8.2
  images = {
    "cloudgouv-eu-west-1" = "ami-3c8dc93f"
    "eu-west-2"           = "ami-3c6f086e"
  }
  subregion = "${var.region}a"
}

# Access keys come from OSC_ACCESS_KEY and OSC_SECRET_KEY.
provider "outscale" {
  region = var.region
}

resource "outscale_security_group" "inference" {
  security_group_name = "noctiluce-inference"
  description         = "Inference API"
  net_id              = var.net_id
}

resource "outscale_security_group_rule" "api" {
  security_group_id = outscale_security_group.inference.security_group_id
  flow              = "Inbound"
  ip_protocol       = "tcp"
  from_port_range   = 443
  to_port_range     = 443
  ip_range          = var.client_range
}

resource "outscale_vm" "inference" {
  image_id           = local.images[var.region]
  vm_type            = var.vm_type
  keypair_name       = var.keypair_name
  subnet_id          = var.subnet_id
  security_group_ids = [outscale_security_group.inference.security_group_id]

  block_device_mappings {
    device_name = "/dev/xvdb"
    bsu {
      volume_size           = var.model_volume_size
      volume_type           = "gp2"
      delete_on_vm_deletion = false
    }
  }

  tags {
    key   = "name"
    value = "noctiluce-inference"
  }
}

resource "outscale_flexible_gpu" "inference" {
  model_name            = "nvidia-a100-80"
  generation            = "v6"
  subregion_name        = local.subregion
  delete_on_vm_deletion = true
}

# The VM is stopped and started again when the GPU is linked.
resource "outscale_flexible_gpu_link" "inference" {
  flexible_gpu_ids = [outscale_flexible_gpu.inference.flexible_gpu_id]
  vm_id            = outscale_vm.inference.vm_id
}

output "api_url" {
  description = "Address of the API inside the Net"
  value       = "https://${outscale_vm.inference.private_ip}/v1"
}
