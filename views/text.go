package views

// Text is a message in a locale's language, as {{t key}} writes it in templates: pairs are names and values for its
// placeholders. A missing key is shown itself.
func (r *Renderer) Text(locale, key string, pairs ...any) string {
	// A form asks for dozens of texts; the files are not looked at for each of them.
	source, err := r.lately(liveInterval / 5)
	if err != nil {
		return key // the page cannot be rendered either, and says why
	}
	text, err := r.language(source, locale).translate(key, pairs...)
	if err != nil {
		r.Log.Error("write a message", "key", key, "error", err)
		return key
	}
	return text
}

// maxLanguages bounds how many locales are kept ready; vendors may name any.
const maxLanguages = 200

// language is the language of a locale, kept ready with the source.
func (r *Renderer) language(s *source, locale string) language {
	s.mu.Lock()
	defer s.mu.Unlock()
	if l, ok := s.languages[locale]; ok {
		return l
	}
	l := s.messages.in(locale)
	if r.Development {
		l.missing = func(key string) {
			r.once(slogMessage, locale+" "+key, "a message is missing", "key", key, "language", locale)
		}
	}
	if len(s.languages) < maxLanguages {
		s.languages[locale] = l
	}
	return l
}
