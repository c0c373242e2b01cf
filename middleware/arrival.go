package middleware

import (
	"bytes"
	"crypto/rand"
	"net"
	"net/netip"
	"regexp"
	"strings"

	"github.com/gofiber/fiber/v2"

	"orion/views"
)

// arrival is what the middleware knows of a request: the site, which handlers see, and what only the steps of the
// stack tell each other.
type arrival struct {
	views.Site
	hostKind HostKind
	hostName string // the slug or domain that the host names
	target   Target
}

type arrivalKey struct{}

func arrivalOf(c *fiber.Ctx) *arrival {
	a, _ := c.Locals(arrivalKey{}).(*arrival)
	return a
}

// arrive notes how a request reached us. Headers that a proxy sets count only from one of ours.
func (s *stack) arrive(c *fiber.Ctx) *arrival {
	remote := remoteAddr(c)
	a := &arrival{Site: views.Site{
		Audience: views.AudiencePlatform, Mode: views.ModePlatform, CookiePath: "/",
		Scheme: "http", PlatformHost: s.PlatformHost, Client: remote,
	}}
	host := hostHeader(c)
	if s.trusts(remote) {
		a.Client = s.client(c, remote)
		if forwarded := lastValue(c, fiber.HeaderXForwardedHost); forwarded != "" {
			host = forwarded
		}
		if lastValue(c, fiber.HeaderXForwardedProto) == "https" {
			a.Scheme = "https"
		}
		if id := c.Get(fiber.HeaderXRequestID); requestIDForm.MatchString(id) {
			a.RequestID = id
		}
	}
	if c.Context().IsTLS() {
		a.Scheme = "https"
	}
	a.Secure = a.Scheme == "https"
	a.Host = host
	if a.RequestID == "" {
		a.RequestID = rand.Text()
	}
	c.Locals(arrivalKey{}, a)
	views.SetSite(c, &a.Site)
	return a
}

// requestIDForm is what a proxy's request id must look like to be taken over into our logs.
var requestIDForm = regexp.MustCompile(`^[A-Za-z0-9._-]{8,64}$`)

func (s *stack) trusts(addr netip.Addr) bool {
	for _, prefix := range s.TrustedProxies {
		if prefix.Contains(addr) {
			return true
		}
	}
	return false
}

// client is the last address in X-Forwarded-For that is not one of our proxies: those before it may be made up.
func (s *stack) client(c *fiber.Ctx, remote netip.Addr) netip.Addr {
	values := c.Context().Request.Header.PeekAll(fiber.HeaderXForwardedFor)
	hops := strings.Split(string(bytes.Join(values, []byte(","))), ",")
	client := remote
	for i := len(hops) - 1; i >= 0; i-- {
		addr, err := parseHop(strings.TrimSpace(hops[i]))
		if err != nil {
			break
		}
		client = addr
		if !s.trusts(addr) {
			break
		}
	}
	return client
}

// parseHop reads an address with or without a port.
func parseHop(s string) (netip.Addr, error) {
	if withPort, err := netip.ParseAddrPort(s); err == nil {
		return withPort.Addr().Unmap(), nil
	}
	addr, err := netip.ParseAddr(strings.Trim(s, "[]"))
	return addr.Unmap().WithZone(""), err
}

// hostHeader is the host that the request names: in its target if that is a whole URL (RFC 9112, section 3.2.2),
// else in the Host header, as it was sent.
func hostHeader(c *fiber.Ctx) string {
	header := &c.Context().Request.Header
	if target := header.RequestURI(); len(target) > 0 && target[0] != '/' {
		return string(c.Context().URI().Host())
	}
	return string(header.Host())
}

// lastValue is the last value of a header, the one that the proxy nearest to us wrote.
func lastValue(c *fiber.Ctx, header string) string {
	values := c.Context().Request.Header.PeekAll(header)
	if len(values) == 0 {
		return ""
	}
	value := string(values[len(values)-1])
	if comma := strings.LastIndexByte(value, ','); comma >= 0 {
		value = value[comma+1:]
	}
	return strings.TrimSpace(value)
}

func remoteAddr(c *fiber.Ctx) netip.Addr {
	tcp, ok := c.Context().RemoteAddr().(*net.TCPAddr)
	if !ok {
		return netip.Addr{}
	}
	return tcp.AddrPort().Addr().Unmap()
}
