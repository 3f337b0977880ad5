package main

import (
	"context"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"mime/multipart"
	"net/http"
	"os"
	"path"
	"path/filepath"
	"strings"

	"github.com/hashicorp/packer-plugin-sdk/multistep"
	"github.com/hashicorp/packer-plugin-sdk/multistep/commonsteps"
)

// isoSteps bring an image to the storage: the server downloads it itself, or it is made or downloaded here and uploaded.
func (b *build) isoSteps(iso *isoFile) []multistep.Step {
	if iso.DownloadPVE {
		return []multistep.Step{step{b, func(context.Context) error { return b.downloadOnServer(iso) }, nil}}
	}
	return []multistep.Step{
		&commonsteps.StepCreateCD{Files: iso.CDFiles, Content: iso.CDContent, Label: iso.CDLabel},
		&commonsteps.StepDownload{
			Checksum: iso.ISOChecksum, Description: "ISO", Extension: iso.TargetExtension,
			ResultKey: iso.downloaded, TargetPath: iso.downloaded, Url: iso.ISOUrls,
		},
		step{b, func(context.Context) error { return b.upload(iso) }, func() { b.deleteUploaded(iso) }},
	}
}

func (iso *isoFile) made() bool { return len(iso.CDFiles) > 0 || len(iso.CDContent) > 0 }

func (b *build) upload(iso *isoFile) error {
	if iso.File != "" {
		return nil
	}
	key := iso.downloaded
	if iso.made() {
		key = "cd_path"
	}
	found, _ := b.state.Get(key).(string)
	if iso.made() {
		b.state.Remove("cd_path") // the next image has its own
	}
	if found == "" {
		return errors.New("path to downloaded ISO was empty")
	}
	file, err := filepath.EvalSymlinks(found)
	if err != nil {
		return err
	}
	name := filepath.Base(file)
	if err := b.api.upload(b.Node, iso.StoragePool, name, file); err != nil {
		return err
	}
	iso.File = iso.StoragePool + ":iso/" + name
	b.ui.Say("Uploaded ISO to " + iso.File)
	return nil
}

// deleteUploaded deletes the images that were made for this build, unless the template keeps them.
func (b *build) deleteUploaded(iso *isoFile) {
	if !iso.made() || b.succeeded() && !iso.Unmount {
		return
	}
	if _, err := b.api.remove(fmt.Sprintf("/nodes/%s/storage/%s/content/%s", b.Node, iso.StoragePool, iso.File)); err != nil {
		b.state.Put("error", err)
		b.ui.Error(fmt.Sprintf("delete volume failed: %s", err))
		return
	}
	b.ui.Say("Deleted generated ISO from " + iso.File)
}

// upload sends an image as a browser sends a form, without reading it into memory.
func (a *api) upload(node, storage, name, file string) error {
	source, err := os.Open(file)
	if err != nil {
		return err
	}
	defer source.Close()
	info, err := source.Stat()
	if err != nil {
		return err
	}
	frame := &strings.Builder{}
	form := multipart.NewWriter(frame)
	if err := form.WriteField("content", "iso"); err != nil {
		return err
	}
	if _, err := form.CreateFormFile("filename", name); err != nil {
		return err
	}
	head := frame.Len()
	if err := form.Close(); err != nil {
		return err
	}
	text := frame.String()
	content := io.MultiReader(strings.NewReader(text[:head]), source, strings.NewReader(text[head:]))
	body, err := a.send(http.MethodPost, fmt.Sprintf("/nodes/%s/storage/%s/upload", node, storage), content, func(request *http.Request) {
		request.Header.Set("Content-Type", form.FormDataContentType())
		request.ContentLength = int64(len(text)) + info.Size()
	})
	if err != nil {
		return err
	}
	ended, err := a.wait(body)
	if err == nil && ended != "OK" {
		err = fmt.Errorf("moving file to destination failed: %v", ended)
	}
	return err
}

// downloadOnServer tries one address after the other.
func (b *build) downloadOnServer(iso *isoFile) error {
	for _, address := range iso.ISOUrls {
		algorithm, checksum, err := checksumOf(iso.ISOChecksum)
		if err == nil {
			_, err = b.api.task(http.MethodPost, fmt.Sprintf("/nodes/%s/storage/%s/download-url", b.Node, iso.StoragePool), parameters{
				"content": "iso", "url": address, "filename": path.Base(address), "storage": iso.StoragePool,
				"checksum": checksum, "checksum-algorithm": algorithm,
			})
		}
		if err != nil {
			b.ui.Say(fmt.Sprintf("failed to download iso from %s: %s", address, err))
			continue
		}
		iso.File = iso.StoragePool + ":iso/" + path.Base(address)
		return nil
	}
	return fmt.Errorf("failed to download ISO with all the provided URLs, attempted: %s", strings.Join(iso.ISOUrls, ", "))
}

var algorithmByLength = map[int]string{16: "md5", 20: "sha1", 32: "sha256", 48: "sha384", 64: "sha512"}

// checksumOf knows `none`, a checksum, and one after its algorithm; lists of checksums are not read.
func checksumOf(text string) (algorithm, checksum string, err error) {
	if text == "none" {
		return "", "", nil
	}
	algorithm, checksum, named := strings.Cut(text, ":")
	if !named {
		checksum = text
	}
	bytes, err := hex.DecodeString(checksum)
	if err != nil || algorithm == "file" {
		return "", "", fmt.Errorf("the stand-in takes a checksum itself, not %q", text)
	}
	if !named {
		algorithm = algorithmByLength[len(bytes)]
	}
	return algorithm, checksum, nil
}
