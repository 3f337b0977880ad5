package main

import (
	"regexp"
	"strconv"
)

var (
	isoVolume = regexp.MustCompile(`^[^:]+:iso/.+`)
	isoDevice = regexp.MustCompile(`^(ide|sata|scsi)([0-9]+)$`)
)

var highestIndex = map[string]int{"ide": 3, "sata": 5, "scsi": 30}

// check holds for every block that describes an ISO image; `where` is the name of the block.
func (iso *isoFile) check(where string, s *settings, f *findings) {
	extra := where == "additional_iso_files"
	if extra && iso.Device != "" {
		f.warn("%s.device is deprecated, use type and index", where)
		parts := isoDevice.FindStringSubmatch(iso.Device)
		if parts == nil {
			f.refuse("%s.device must be a bus and a number such as ide3, got: %q", where, iso.Device)
		} else if number, err := strconv.Atoi(parts[2]); err != nil || number > highestIndex[parts[1]] {
			f.refuse("%s.device: %s has no slot %s", where, parts[1], parts[2])
		}
	}
	if !oneOf(iso.Type, "", "ide", "sata", "scsi") {
		f.refuse("%s.type must be ide, sata or scsi, got: %q", where, iso.Type)
	}
	local := len(iso.CDFiles) > 0 || len(iso.CDContent) > 0
	remote := iso.RawSingleISOUrl != "" || len(iso.ISOUrls) > 0
	sources := 0
	for _, given := range []bool{local, remote, iso.File != ""} {
		if given {
			sources++
		}
	}
	if sources != 1 {
		f.refuse("%s needs exactly one of iso_file, iso_url(s) and cd_files/cd_content, got: %d", where, sources)
	}
	if (local || remote) && iso.StoragePool == "" {
		f.refuse("%s.iso_storage_pool must be specified", where)
	}
	if iso.DownloadPVE && !remote {
		f.refuse("%s.iso_download_pve needs iso_url", where)
	}
	if extra && iso.File != "" && !isoVolume.MatchString(iso.File) {
		f.refuse("%s.iso_file must look like STORAGE:iso/FILE, got: %q", where, iso.File)
	}
	if local {
		f.errors = append(f.errors, iso.CDConfig.Prepare(&s.context)...)
	}
	if remote {
		warnings, errs := iso.ISOConfig.Prepare(&s.context)
		f.warnings = append(f.warnings, warnings...)
		f.errors = append(f.errors, errs...)
	}
}

// checkBootISO also takes the deprecated fields at the top level, which overwrite those of boot_iso.
func (c *proxmoxConfig) checkBootISO(s *settings, f *findings) {
	iso := isoFile{}
	if c.BootISO != nil {
		iso = *c.BootISO
	}
	old := c.OldBootISO
	takeOver := func(name string, given bool, take func()) {
		if given {
			f.warn("%s is deprecated, use the block boot_iso", name)
			take()
		}
	}
	takeOver("iso_file", old.File != "", func() { iso.File = old.File })
	takeOver("iso_storage_pool", old.StoragePool != "", func() { iso.StoragePool = old.StoragePool })
	takeOver("iso_download_pve", old.DownloadPVE, func() { iso.DownloadPVE = true })
	takeOver("iso_url", old.RawSingleISOUrl != "", func() { iso.RawSingleISOUrl = old.RawSingleISOUrl })
	takeOver("iso_urls", len(old.ISOUrls) > 0, func() { iso.ISOUrls = old.ISOUrls })
	takeOver("iso_checksum", old.ISOChecksum != "", func() { iso.ISOChecksum = old.ISOChecksum })
	takeOver("iso_target_path", old.TargetPath != "", func() { iso.TargetPath = old.TargetPath })
	takeOver("iso_target_extension", old.TargetExtension != "", func() { iso.TargetExtension = old.TargetExtension })
	takeOver("unmount_iso", c.UnmountISO, func() { iso.Unmount = true })
	iso.check("boot_iso", s, f)
	c.BootISO = &iso
}
