package cache_test

import (
	"bytes"
	"compress/gzip"
	"errors"
	"fmt"
	"io"
	"math/rand/v2"
	"strings"
	"sync"
	"sync/atomic"
	"testing"

	"github.com/andybalholm/brotli"

	"orion/cache"
)

// page is three segments with two holes, filled by "-" for nobody.
func page(text string) *cache.Page {
	p := cache.Split([]byte("<a>" + text + cache.Hole("shop/badge") + "<b>" + text + cache.Hole("ui/x") + "<c>" + text))
	p.Default([][]byte{[]byte("-"), []byte("-")})
	return p
}

func plain(t testing.TB, form cache.Form) string {
	t.Helper()
	switch form.Encoding {
	case cache.Gzip:
		r, err := gzip.NewReader(bytes.NewReader(form.Body))
		if err != nil {
			t.Fatal(err)
		}
		r.Multistream(false) // as Chromium reads it: what follows the first file is lost
		body, err := io.ReadAll(r)
		if err != nil {
			t.Fatal(err)
		}
		return string(body)
	case cache.Brotli:
		body, err := io.ReadAll(brotli.NewReader(bytes.NewReader(form.Body)))
		if err != nil {
			t.Fatal(err)
		}
		return string(body)
	default:
		return string(form.Body)
	}
}

func TestAPageIsTheSameInEveryForm(t *testing.T) {
	t.Parallel()
	long := strings.Repeat("long fill ", 20_000) // more than one stored block
	noise := make([]byte, 100_000)
	for i := range noise {
		noise[i] = byte(1 + rand.IntN(255))
	}
	for name, text := range map[string]string{
		"empty": "", "short": "text", "repeated": strings.Repeat("text and more ", 5000), "noise": string(noise),
	} {
		p := page(text)
		for _, fills := range [][2]string{{"-", "-"}, {"", ""}, {"3", "<p>x</p>"}, {long, ""}, {"ä", long}} {
			want := "<a>" + text + fills[0] + "<b>" + text + fills[1] + "<c>" + text
			for _, takes := range [][2]bool{{false, false}, {true, false}, {true, true}, {false, true}} {
				form := p.Form(takes[0], takes[1], [][]byte{[]byte(fills[0]), []byte(fills[1])})
				if got := plain(t, form); got != want {
					t.Errorf("%s with %.10q as %q: got %.80q, want %.80q", name, fills, form.Encoding, got, want)
				}
			}
		}
	}
}

func TestNobodyGetsTheSharedForms(t *testing.T) {
	t.Parallel()
	p := page(strings.Repeat("text ", 1000))
	for i := 0; ; i++ {
		form := p.Form(true, true, nil)
		if form.Encoding == cache.Brotli {
			if got := plain(t, form); !strings.HasPrefix(got, "<a>text ") || !strings.Contains(got, "-<b>") {
				t.Errorf("the brotli form is %.50q", got)
			}
			return
		}
		if i > 1_000_000 {
			t.Fatal("the brotli form never came")
		}
	}
}

func TestTagsTellFormsAndVisitorsApart(t *testing.T) {
	t.Parallel()
	p := page("text")
	fill := func(s string) [][]byte { return [][]byte{[]byte(s), []byte("-")} }
	seen := map[string]string{}
	for name, form := range map[string]cache.Form{
		"plain": p.Form(false, false, nil), "gzip": p.Form(true, false, nil), "one": p.Form(false, false, fill("1")),
		"two": p.Form(false, false, fill("2")), "one, gzip": p.Form(true, false, fill("1")), "other": page("other").Form(false, false, nil),
	} {
		if twin, twice := seen[form.ETag]; twice {
			t.Errorf("%s and %s have the tag %s", name, twin, form.ETag)
		}
		seen[form.ETag] = name
	}
	if a, b := p.Form(false, false, nil), page("text").Form(false, false, fill("-")); a.ETag != b.ETag {
		t.Error("the same bytes have two tags")
	}
}

func TestMatches(t *testing.T) {
	t.Parallel()
	for header, want := range map[string]bool{
		"": false, `"a"`: true, `W/"a"`: true, `"b", "a"`: true, `"b",W/"a"`: true, "*": true, `"ab"`: false, `a`: false,
	} {
		if got := cache.Matches(header, `"a"`); got != want {
			t.Errorf("%q: got %v", header, got)
		}
	}
}

func TestPagesMakesOncePerKey(t *testing.T) {
	t.Parallel()
	pages := cache.NewPages[string](1 << 20)
	var made atomic.Int64
	begin := make(chan struct{})
	var all sync.WaitGroup
	for range 50 {
		all.Go(func() {
			<-begin
			got, err := pages.Make("key", func() (*cache.Page, error) {
				made.Add(1)
				return page("text"), nil
			})
			if err != nil || got == nil {
				t.Errorf("got %v, %v", got, err)
			}
		})
	}
	close(begin)
	all.Wait()
	if made.Load() != 1 {
		t.Errorf("made %d times", made.Load())
	}
}

func TestPagesKeepsNoErrors(t *testing.T) {
	t.Parallel()
	pages := cache.NewPages[string](1 << 20)
	broken := errors.New("broken")
	if _, err := pages.Make("key", func() (*cache.Page, error) { return nil, broken }); !errors.Is(err, broken) {
		t.Errorf("got %v", err)
	}
	if _, ok := pages.Find("key"); ok {
		t.Error("an error is kept")
	}
	if _, err := pages.Make("key", func() (*cache.Page, error) { return page("x"), nil }); err != nil {
		t.Errorf("after the error: %v", err)
	}
}

func TestAPanicDoesNotLockTheKey(t *testing.T) {
	t.Parallel()
	pages := cache.NewPages[string](1 << 20)
	func() {
		defer func() { _ = recover() }()
		_, _ = pages.Make("key", func() (*cache.Page, error) { panic("in a template") })
	}()
	if got, err := pages.Make("key", func() (*cache.Page, error) { return page("x"), nil }); err != nil || got == nil {
		t.Errorf("got %v, %v", got, err)
	}
}

func TestPagesIsBoundedByBytes(t *testing.T) {
	t.Parallel()
	const bound, each = 1 << 20, 30_000
	pages := cache.NewPages[int](bound)
	noise := make([]byte, each)
	for i := range noise {
		noise[i] = byte(1 + rand.IntN(255))
	}
	for i := range 200 {
		if _, err := pages.Make(i, func() (*cache.Page, error) {
			p := cache.Split(noise)
			p.Default(nil)
			return p, nil
		}); err != nil {
			t.Fatal(err)
		}
	}
	pages.Settle()
	kept := 0
	for i := range 200 {
		if _, ok := pages.Find(i); ok {
			kept++
		}
	}
	if kept == 0 || kept*each > bound {
		t.Errorf("%d pages of %d bytes are kept, of %d bytes allowed", kept, each, bound)
	}
}

func TestEpochs(t *testing.T) {
	t.Parallel()
	e := cache.NewEpochs()
	if e.Trusted() {
		t.Error("trusted before anybody listens")
	}
	e.Trust(true)
	one, two, theme := e.Catalog(1), e.Catalog(2), e.Theme(1)
	e.BumpCatalog(1)
	if e.Catalog(1) == one || e.Catalog(2) != two || e.Theme(1) != theme {
		t.Error("a change of vendor 1's catalogue makes not it, or something else, old")
	}
	one = e.Catalog(1)
	e.BumpTheme(1)
	if e.Theme(1) == theme || e.Catalog(1) != one {
		t.Error("a change of vendor 1's theme makes not it, or something else, old")
	}
	e.Trust(false)
	e.Trust(true)
	if e.Catalog(1) == one || e.Catalog(2) == two {
		t.Error("what was kept before the listener was lost is still good")
	}
}

func BenchmarkForm(b *testing.B) {
	var body strings.Builder
	for i := range 24 {
		fmt.Fprintf(&body, `<article class="card" id="card-%d"><a href="/products/p%d"><img src="/assets/p%d.svg" alt="" width="400" height="500"></a><h3>Product %d</h3><p>%d,00 €</p></article>`, i, i*7, i, i*13, i*3)
	}
	p := page(strings.Repeat(body.String(), 2))
	fills := [][]byte{[]byte(`<span id="cart-badge">3</span>`), []byte("")}
	for name, run := range map[string]func() cache.Form{
		"shared gzip":    func() cache.Form { return p.Form(true, false, nil) },
		"filled gzip":    func() cache.Form { return p.Form(true, false, fills) },
		"filled plain":   func() cache.Form { return p.Form(false, false, fills) },
		"shared refresh": func() cache.Form { return page(body.String()).Form(true, false, nil) },
	} {
		b.Run(name, func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				form := run()
				b.SetBytes(int64(len(form.Body)))
			}
		})
	}
}
