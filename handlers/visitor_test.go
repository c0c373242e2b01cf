package handlers_test

import (
	"fmt"
	"io"
	"maps"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strconv"
	"strings"
	"testing"

	"github.com/PuerkitoBio/goquery"
)

// visitor is a browser without JavaScript, or one with htmx: it keeps cookies, within one host.
type visitor struct {
	*platform
	host    string
	base    string // before every path: "" or "/vendor/kaffa/shop"
	htmx    bool
	target  string // the id of the element that htmx swaps
	cookies map[string]*http.Cookie
}

func (p *platform) visitor(host, base string) *visitor {
	return &visitor{platform: p, host: host, base: base, cookies: map[string]*http.Cookie{}}
}

// at is a visitor of a shop's subdomain.
func (p *platform) at(s *shop) *visitor { return p.visitor(s.slug+".localhost:8080", "") }

// everyWay is a visitor of a shop in each mode.
func (p *platform) everyWay(s *shop) map[string]*visitor {
	ways := map[string]*visitor{
		"subdomain": p.visitor(s.slug+".localhost:8080", ""),
		"path":      p.visitor("localhost:8080", "/vendor/"+s.slug+"/shop"),
	}
	if s == p.kaffa {
		ways["domain"] = p.visitor("kaffa.test", "")
	}
	return ways
}

// within is the same visitor in a test of its own.
func (v *visitor) within(t *testing.T) *visitor {
	platform := *v.platform
	platform.t = t
	copied := *v
	copied.platform = &platform
	return &copied
}

// swapping is the same visitor with htmx, about to swap the element with this id.
func (v *visitor) swapping(target string) *visitor {
	copied := *v
	copied.htmx, copied.target = true, target
	return &copied
}

// answer is a response with its body read.
type answer struct {
	*http.Response
	body string
}

// queries is how often the answer asked the database.
func (a answer) queries() int {
	_, rest, _ := strings.Cut(a.Header.Get("Server-Timing"), `desc="`)
	number, _, _ := strings.Cut(rest, " ")
	n, err := strconv.Atoi(number)
	if err != nil {
		return -1
	}
	return n
}

func (v *visitor) get(path string) answer { return v.do(http.MethodGet, v.base+path, nil) }

func (v *visitor) post(path string, form url.Values) answer {
	return v.do(http.MethodPost, v.base+path, form)
}

// open follows an address that an answer gave.
func (v *visitor) open(address string) answer { return v.do(http.MethodGet, address, nil) }

func (v *visitor) do(method, path string, form url.Values) answer {
	v.t.Helper()
	return v.send(v.request(method, path, form))
}

func (v *visitor) request(method, path string, form url.Values) *http.Request {
	request := httptest.NewRequest(method, "http://"+v.host+path, strings.NewReader(form.Encode()))
	if form != nil {
		request.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	}
	if v.htmx {
		request.Header.Set("HX-Request", "true")
		request.Header.Set("HX-Request-Type", "partial")
		request.Header.Set("HX-Target", v.target)
	}
	return request
}

func (v *visitor) send(request *http.Request) answer {
	v.t.Helper()
	for _, cookie := range v.cookies {
		request.AddCookie(cookie)
	}
	response, err := v.app.Test(request, -1)
	v.must(err)
	defer func() { _ = response.Body.Close() }()
	body, err := io.ReadAll(response.Body)
	v.must(err)
	for _, cookie := range response.Cookies() {
		if cookie.MaxAge < 0 || cookie.Value == "" {
			delete(v.cookies, cookie.Name)
		} else {
			v.cookies[cookie.Name] = cookie
		}
	}
	response.Request = request
	return answer{response, string(body)}
}

// clone is another tab of the same browser.
func (v *visitor) clone() *visitor {
	copied := *v
	copied.cookies = maps.Clone(v.cookies)
	return &copied
}

// page parses an answer that has to have this status.
func (v *visitor) page(a answer, status int) *goquery.Document {
	v.t.Helper()
	if a.StatusCode != status {
		v.t.Fatalf("%s %s answered %d, not %d: %.900s", a.Request.Method, a.Request.URL, a.StatusCode, status, a.body)
	}
	document, err := goquery.NewDocumentFromReader(strings.NewReader(a.body))
	v.must(err)
	return document
}

// follow opens where an answer leads, which has to be 303.
func (v *visitor) follow(a answer) *goquery.Document {
	v.t.Helper()
	if a.StatusCode != http.StatusSeeOther {
		v.t.Fatalf("%s %s answered %d, not 303: %.900s", a.Request.Method, a.Request.URL, a.StatusCode, a.body)
	}
	return v.page(v.open(a.Header.Get("Location")), http.StatusOK)
}

// fields are what a browser would send for a form as it stands on the page.
func (v *visitor) fields(page *goquery.Document, selector string) url.Values {
	v.t.Helper()
	form := page.Find(selector)
	if form.Length() != 1 {
		v.t.Fatalf("%d forms %s", form.Length(), selector)
	}
	values := url.Values{}
	id, _ := form.Attr("id")
	form.Find("input, select, textarea").AddSelection(page.Find(`[form="` + id + `"]`)).Each(func(_ int, control *goquery.Selection) {
		name, kind := control.AttrOr("name", ""), control.AttrOr("type", "")
		_, checked := control.Attr("checked")
		switch {
		case name == "", (kind == "radio" || kind == "checkbox") && !checked:
		case goquery.NodeName(control) == "select":
			values.Add(name, control.Find("option[selected]").AttrOr("value", control.Find("option").AttrOr("value", "")))
		case goquery.NodeName(control) == "textarea":
			values.Add(name, control.Text())
		case goquery.NodeName(control) == "input":
			values.Add(name, control.AttrOr("value", ""))
		}
	})
	return values
}

// submit sends a form of a page as a browser would, with some fields changed.
func (v *visitor) submit(page *goquery.Document, selector string, changed map[string]string) answer {
	v.t.Helper()
	values := v.fields(page, selector)
	for name, value := range changed {
		values.Set(name, value)
	}
	form := page.Find(selector)
	action := form.AttrOr("action", "")
	if strings.EqualFold(form.AttrOr("method", "get"), "get") {
		return v.open(action + "?" + values.Encode())
	}
	return v.do(http.MethodPost, action, values)
}

// text is an element's text with single spaces.
func text(selection *goquery.Selection) string {
	return strings.Join(strings.Fields(selection.Text()), " ")
}

// form makes a form of pairs of a name and a value.
func form(pairs ...any) url.Values {
	values := url.Values{}
	for i := 0; i < len(pairs); i += 2 {
		values.Add(pairs[i].(string), fmt.Sprint(pairs[i+1]))
	}
	return values
}
