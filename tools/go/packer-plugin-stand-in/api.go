package main

import (
	"crypto/tls"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"os"
	"strconv"
	"strings"
	"time"
)

// pollVariable sets how often a task is asked for; the plugin asks every 2 s.
const pollVariable = "PROXMOX_CONSTRUCTS_STAND_IN_POLL"

// retryPause is what the plugin waits before it asks again for a change of status that failed.
const retryPause = 2 * time.Second

// api speaks to a Proxmox VE as the client of the plugin does: forms, and the status line as the error.
type api struct {
	base        string
	client      *http.Client
	authorize   func(http.Header)
	poll        time.Duration
	taskTimeout time.Duration
	major       int
}

type parameters map[string]string

func newAPI(c *proxmoxConfig) (*api, error) {
	a := &api{
		base: strings.TrimSuffix(c.ProxmoxURL, "/"),
		client: &http.Client{Transport: &http.Transport{
			TLSClientConfig:    &tls.Config{InsecureSkipVerify: c.InsecureSkipTLSVerify},
			DisableCompression: true,
			Proxy:              http.ProxyFromEnvironment,
		}},
		authorize:   func(http.Header) {},
		poll:        500 * time.Millisecond,
		taskTimeout: c.TaskTimeout,
	}
	if text := os.Getenv(pollVariable); text != "" {
		poll, err := time.ParseDuration(text)
		if err != nil || poll <= 0 {
			return nil, fmt.Errorf("%s must be a duration such as 100ms, got: %q", pollVariable, text)
		}
		a.poll = poll
	}
	if c.Token != "" {
		a.authorize = func(header http.Header) {
			header["Authorization"] = []string{"PVEAPIToken=" + c.Username + "=" + c.Token}
		}
		return a, nil
	}
	return a, a.login(c.Username, c.Password)
}

func (a *api) login(username, password string) error {
	form := url.Values{"username": {username}, "password": {password}}
	// Without a Content-Type, as the plugin does it.
	body, err := a.send(http.MethodPost, "/access/ticket", strings.NewReader(form.Encode()), nil)
	if err != nil {
		return err
	}
	var answer struct {
		Data *struct {
			Ticket  string      `json:"ticket"`
			Token   string      `json:"CSRFPreventionToken"`
			NeedTFA interface{} `json:"NeedTFA"`
		} `json:"data"`
	}
	if err := json.Unmarshal(body, &answer); err != nil || answer.Data == nil {
		return fmt.Errorf("invalid login response:\n-----\n%s\n-----", body)
	}
	if answer.Data.NeedTFA == 1.0 {
		return errors.New("missing TFA code")
	}
	a.authorize = func(header http.Header) {
		header["Authorization"] = []string{"PVEAuthCookie=" + answer.Data.Ticket}
		header["CSRFPreventionToken"] = []string{answer.Data.Token}
	}
	return nil
}

// send returns the body also with an error; the error is the status line.
func (a *api) send(method, path string, body io.Reader, prepare func(*http.Request)) ([]byte, error) {
	request, err := http.NewRequest(method, a.base+path, body)
	if err != nil {
		return nil, err
	}
	a.authorize(request.Header)
	request.Header.Set("Accept", "application/json")
	if prepare != nil {
		prepare(request)
	}
	response, err := a.client.Do(request)
	if err != nil {
		return nil, err
	}
	defer response.Body.Close()
	text, err := io.ReadAll(response.Body)
	if err == nil && (response.StatusCode < 200 || response.StatusCode > 299) {
		err = errors.New(response.Status)
	}
	return text, err
}

func dataOf(body []byte) (interface{}, error) {
	var answer struct {
		Data interface{} `json:"data"`
	}
	err := json.Unmarshal(body, &answer)
	return answer.Data, err
}

// form sends parameters. Only PUT sends those that are empty.
func (a *api) form(method, path string, given parameters) ([]byte, error) {
	values := url.Values{}
	for name, value := range given {
		if value != "" || method == http.MethodPut {
			values.Set(name, value)
		}
	}
	return a.send(method, path, strings.NewReader(values.Encode()), func(request *http.Request) {
		request.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	})
}

// task sends parameters, and waits for the task that answers. Also with an error, the text is what the server had to say.
func (a *api) task(method, path string, given parameters) (string, error) {
	body, err := a.form(method, path, given)
	if err != nil {
		return string(body), err
	}
	return a.wait(body)
}

func (a *api) remove(path string) (string, error) {
	body, err := a.send(http.MethodDelete, path, nil, nil)
	if err != nil {
		return string(body), err
	}
	return a.wait(body)
}

// wait returns how the task of an answer ended; an answer without a task is done.
func (a *api) wait(body []byte) (string, error) {
	data, err := dataOf(body)
	if err != nil {
		return "", err
	}
	upid, isTask := data.(string)
	if !isTask || !strings.HasPrefix(upid, "UPID:") {
		return "", nil
	}
	node := strings.Split(upid, ":")[1]
	for waited := time.Duration(0); waited < a.taskTimeout; waited += a.poll {
		body, err := a.send(http.MethodGet, "/nodes/"+node+"/tasks/"+upid+"/status", nil, nil)
		if err != nil {
			return "", err
		}
		status, err := dataOf(body)
		if err != nil {
			return "", err
		}
		fields, _ := status.(map[string]interface{})
		if ended, hasEnded := fields["exitstatus"].(string); hasEnded {
			if !strings.HasPrefix(ended, "OK") && !strings.HasPrefix(ended, "WARNINGS") {
				return ended, errors.New(ended)
			}
			return ended, nil
		}
		time.Sleep(a.poll)
	}
	return "", errors.New("Wait timeout for:" + upid)
}

// get asks up to three times, unless the error says that asking again is of no use.
func (a *api) get(path, what string, final ...string) (interface{}, error) {
	final = append(final, "500 no such resource")
	for try := 1; ; try++ {
		body, err := a.send(http.MethodGet, path, nil, nil)
		if err == nil {
			data, err := dataOf(body)
			if err == nil && data == nil {
				err = fmt.Errorf("%s not readable", what)
			}
			return data, err
		}
		for _, text := range final {
			if strings.Contains(err.Error(), text) {
				return nil, err
			}
		}
		time.Sleep(time.Duration(try) * time.Second)
		if try == 3 {
			return nil, err
		}
	}
}

func (a *api) object(path, what string, final ...string) (map[string]interface{}, error) {
	data, err := a.get(path, what, final...)
	if err != nil {
		return nil, err
	}
	fields, isObject := data.(map[string]interface{})
	if !isObject {
		return nil, fmt.Errorf("%s not readable", what)
	}
	return fields, nil
}

// version asks once and remembers.
func (a *api) version() (int, error) {
	if a.major == 0 {
		answer, err := a.object("/version", "version data")
		if err != nil {
			return 0, err
		}
		text, _ := answer["version"].(string)
		if a.major, err = strconv.Atoi(strings.Split(text, ".")[0]); err != nil {
			return 0, fmt.Errorf("version: %w", err)
		}
	}
	return a.major, nil
}
