package main

import (
	"bytes"
	"fmt"
	"net/http"
	"regexp"
	"strings"
	"sync"

	"github.com/valyala/fasthttp"

	"orion/demo/synthetic"
)

// platform is the measured server and what the synthetic load put there.
type platform struct {
	port     int
	vendors  int
	products int
}

// get makes GET requests for paths that spread over the shops and their products.
func (p platform) get(path func(n int) string) request {
	return func(n int, req *fasthttp.Request) bool {
		req.SetRequestURI(path(n))
		req.Header.SetHost(p.host(n))
		req.Header.Set("Accept-Encoding", "gzip")
		return true
	}
}

// host spreads requests over the shops. A prime step visits all of them before it comes back to one.
func (p platform) host(n int) string {
	return fmt.Sprintf("%s.localhost:%d", synthetic.Slug(1+n*7919%p.vendors), p.port)
}

func (p platform) product(n int) string {
	return fmt.Sprintf("/products/product-%d", 1+n*104729%p.products)
}

func (p platform) search(n int) string {
	words := [...]string{"oak+lamp", "linen", "copper+kettle", "woollen+blanket", "quiet+bowl", "keramik", "brass", "plain+rug"}
	return "/search?q=" + words[n%len(words)]
}

var categories = [...]string{"/categories/kitchen", "/categories/cookware", "/categories/living", "/categories/lighting", "/categories/garden"}

func (p platform) listing(n int) string { return categories[n%len(categories)] }

// shopper fills carts and sends their checkouts. Both are plain forms, as without JavaScript.
type shopper struct {
	platform platform
	mu       sync.Mutex
	carts    []filledCart
}

type filledCart struct {
	host, cookie string
}

var variantField = regexp.MustCompile(`name="variant" value="(\d+)"`)

// variants looks up a variant to buy in each of the first shops.
func (s *shopper) variants(addr string, shops int) (map[string]string, error) {
	found := make(map[string]string, shops)
	client := &fasthttp.Client{}
	req, res := fasthttp.AcquireRequest(), fasthttp.AcquireResponse()
	defer fasthttp.ReleaseRequest(req)
	defer fasthttp.ReleaseResponse(res)
	for n := range shops {
		host := s.platform.host(n)
		req.Reset()
		req.SetRequestURI("http://" + addr + s.platform.product(n))
		req.Header.SetHost(host)
		req.UseHostHeader = true
		if err := client.Do(req, res); err != nil {
			return nil, fmt.Errorf("read a product page: %w", err)
		}
		match := variantField.FindSubmatch(res.Body())
		if match == nil {
			return nil, fmt.Errorf("the product page of %s holds no variant to buy (status %d)", host, res.StatusCode())
		}
		found[host] = string(match[1])
	}
	return found, nil
}

// add posts the form of a product page for a new visitor each time and keeps the cart for checkout.
func (s *shopper) add(variants map[string]string, shops int) (request, answer) {
	next := func(n int, req *fasthttp.Request) bool {
		host := s.platform.host(n % shops)
		form(req, host, "/cart/items", "variant="+variants[host]+"&quantity=1")
		return true
	}
	check := func(n int, res *fasthttp.Response) error {
		if res.StatusCode() != http.StatusSeeOther {
			return status(http.StatusSeeOther)(n, res)
		}
		cookie, _, _ := bytes.Cut(res.Header.Peek("Set-Cookie"), []byte(";"))
		s.mu.Lock()
		defer s.mu.Unlock()
		s.carts = append(s.carts, filledCart{host: s.platform.host(n % shops), cookie: string(cookie)})
		return nil
	}
	return next, check
}

// checkout posts the checkout form of each filled cart once.
func (s *shopper) checkout() (request, answer) {
	next := func(n int, req *fasthttp.Request) bool {
		if n >= len(s.carts) {
			return false
		}
		cart := s.carts[n]
		form(req, cart.host, "/checkout", strings.Join([]string{
			"email=buyer" + fmt.Sprint(n) + "%40example.test", "name=Ada+Lovelace", "line1=Invalidenstr.+117", "postcode=10115",
			"city=Berlin", "country=DE", "shipping_method=standard", "payment_method=bank_transfer", "billing_same=1",
		}, "&"))
		req.Header.Set("Cookie", cart.cookie)
		return true
	}
	return next, status(http.StatusSeeOther)
}

func form(req *fasthttp.Request, host, path, body string) {
	req.SetRequestURI(path)
	req.Header.SetHost(host)
	req.Header.SetMethod(fasthttp.MethodPost)
	req.Header.SetContentType("application/x-www-form-urlencoded")
	req.SetBodyString(body)
}
