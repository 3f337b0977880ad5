package main

import (
	"fmt"
	"strconv"
	"strings"
)

// drives says what is attached where: disks and ISO images share the slots of a bus.
type drives struct {
	parameters parameters
	// resize holds the disks whose size is no multiple of a GiB: they are made small and grown afterwards.
	resize   []resize
	warnings []string
}

type resize struct{ disk, size string }

const kibPerGib = 1 << 20

var kibPerUnit = map[byte]int64{'T': 1 << 30, 'G': kibPerGib, 'M': 1 << 10, 'K': 1}

// attach gives ISO images with an index their slot, then disks and the other images the first that is free; slots in
// `reserved` belong to disks of the machine that is cloned.
func (c *proxmoxConfig) attach(reserved []string) (*drives, error) {
	d := &drives{parameters: parameters{}}
	taken := map[string]bool{}
	for _, slot := range reserved {
		taken[slot] = true
	}
	highest := map[string]int{"ide": highestIndex["ide"], "sata": highestIndex["sata"], "scsi": highestIndex["scsi"], "virtio": 15}
	free := func(bus string) (string, error) {
		for i := 0; i <= highest[bus]; i++ {
			if slot := fmt.Sprintf("%s%d", bus, i); !taken[slot] {
				taken[slot] = true
				return slot, nil
			}
		}
		return "", fmt.Errorf("storage enumeration reached %s index %d, too many %s devices configured", bus, highest[bus]+1, bus)
	}
	for _, iso := range c.isos {
		if iso.Index == "" {
			continue
		}
		if number, err := strconv.Atoi(iso.Index); err != nil || number < 0 || number > highest[iso.Type] {
			return nil, fmt.Errorf("%s has no slot %q; the plugin would crash here", iso.Type, iso.Index)
		}
		iso.slot = iso.Type + iso.Index
		// For SCSI the plugin looks at the first slot, whichever one the image gets.
		looked := iso.slot
		if iso.Type == "scsi" {
			looked = "scsi0"
		}
		for _, slot := range reserved {
			if slot == looked {
				d.warnings = append(d.warnings, fmt.Sprintf("an existing hard disk was found at %s on the clone source VM, "+
					"overwriting with ISO configured for the same address", iso.slot))
			}
		}
		taken[iso.slot] = true
		d.parameters[iso.slot] = iso.File + ",media=cdrom"
	}
	for _, disk := range c.Disks {
		slot, err := free(disk.Type)
		if err != nil {
			return nil, err
		}
		if err := d.add(slot, disk); err != nil {
			return nil, err
		}
	}
	for _, iso := range c.isos {
		if iso.Index != "" {
			continue
		}
		slot, err := free(iso.Type)
		if err != nil {
			return nil, err
		}
		iso.slot = slot
		d.parameters[slot] = iso.File + ",media=cdrom"
	}
	return d, nil
}

func (d *drives) add(slot string, disk diskConfig) error {
	last := len(disk.Size) - 1
	number, err := strconv.ParseInt(disk.Size[:last], 10, 64)
	unit, known := kibPerUnit[disk.Size[last]]
	if err != nil || !known {
		return fmt.Errorf("disk_size must be a number and one of K, M, G, T, got: %q", disk.Size)
	}
	kib := number * unit
	volume := fmt.Sprintf("%s:%d", disk.StoragePool, kib/kibPerGib)
	if kib%kibPerGib != 0 {
		volume = disk.StoragePool + ":0.001"
		d.resize = append(d.resize, resize{slot, fmt.Sprintf("%dK", kib)})
	}
	options := []string{volume}
	option := func(given bool, text string) {
		if given {
			options = append(options, text)
		}
	}
	option(disk.AsyncIO != "", "aio="+disk.AsyncIO)
	option(disk.ExcludeFromBackup, "backup=0")
	option(true, "cache="+disk.CacheMode)
	option(disk.Discard, "discard=on")
	option(true, "format="+disk.Format)
	option(disk.IOThread, "iothread=1")
	option(true, "replicate=0")
	option(disk.SSD, "ssd=1")
	d.parameters[slot] = strings.Join(options, ",")
	return nil
}
