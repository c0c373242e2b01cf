package views

import (
	"bytes"
	"errors"
	"fmt"
	"html/template"
	"slices"
	"strings"
	"sync"
	texttemplate "text/template"
	"text/template/parse"
)

// maxOutput bounds a rendered part, in bytes, so that a vendor's template cannot eat the memory.
const maxOutput = 8 << 20

var errTooLarge = fmt.Errorf("the template's output is larger than %d bytes", maxOutput)

// bounded is a buffer that refuses to grow past maxOutput.
type bounded struct{ bytes.Buffer }

func (b *bounded) Write(p []byte) (int, error) {
	if b.Len()+len(p) > maxOutput {
		return 0, errTooLarge
	}
	return b.Buffer.Write(p)
}

var buffers = sync.Pool{New: func() any { return new(bounded) }}

// render makes one part, with markers where holes are. When a file of the vendor or the theme fails, it is logged and
// the next layer's is used instead, so that no template takes a shop down.
func (r *Renderer) render(look look, p Part) ([]byte, error) {
	out := buffers.Get().(*bounded)
	defer buffers.Put(out)
	for {
		s, err := r.set(look)
		if err != nil {
			return nil, err
		}
		out.Reset()
		err = s.execute(out, p)
		if err == nil {
			return bytes.Clone(out.Bytes()), nil
		}
		guilty := s.blame(p, failedTemplate(err))
		if len(guilty) == 0 {
			return nil, fmt.Errorf("render %s: %w", p.Name, err)
		}
		for _, file := range guilty {
			r.once(slogTemplate, look.key.source+look.key.files+file, "a template failed; the next layer's is shown",
				"file", file, "page", p.Name, "error", err)
		}
		look.key.without = joinSorted(look.key.without, guilty)
	}
}

func (s *set) execute(out *bounded, p Part) error {
	t, err := s.template(p)
	if err != nil {
		return err
	}
	return t.Execute(out, p.Model)
}

// failedTemplate is the name of the template in which an execution failed; "" if the error does not say.
func failedTemplate(err error) string {
	if failed := (texttemplate.ExecError{}); errors.As(err, &failed) {
		return failed.Name
	}
	// html/template names the page rather than the file where escaping failed; its node knows better.
	if failed := (*template.Error)(nil); errors.As(err, &failed) && failed.Node != nil {
		at, _ := (*parse.Tree)(nil).ErrorContext(failed.Node)
		name, _, _ := strings.Cut(at, ":")
		return name
	}
	return ""
}

func joinSorted(list string, more []string) string {
	if list != "" {
		more = append(more, strings.Split(list, ",")...)
	}
	slices.Sort(more)
	return strings.Join(slices.Compact(more), ",")
}

// set is the compiled set of a look, from the cache or made now.
func (r *Renderer) set(look look) (*set, error) {
	if s, ok := r.sets.GetIfPresent(look.key); ok {
		return s, nil
	}
	theme := look.source.theme(look.key.theme)
	s := newSet(r.functions(r.language(look.source, look.key.locale)), look.key.without, look.source.base, theme.layer, look.files)
	kept, _ := r.sets.SetIfAbsent(look.key, s)
	return kept, nil
}
