package catalog

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"github.com/uptrace/bun"

	"orion/model/tenant"
)

// search is a query as it was understood: each of its words with the terms of the shop that it stands for. Why it
// works on a table of terms: docs/decisions/0002-search-under-row-security.md.
type search struct {
	query string // as typed
	words []word // all of them have to match
	terms bool   // look among the terms
	wide  bool   // look into descriptions too
	best  int    // look at the best so many hits only; 0 all
	tries int    // how often it was widened
}

// word is one word of a query.
type word struct {
	Lexeme string   // folded: lower case, without accents
	Stem   string   // without its ending, in the shop's language; "" for a word that says nothing, such as "the"
	last   bool     // it may be unfinished: what begins with it matches
	begins bool     // it is unfinished: other terms begin with it
	terms  []string // it and the terms of the same stem
	typed  string   // what Lexeme was corrected from; "" where it stands as typed
}

// Bounds of a search.
const (
	maxWords    = 8
	maxNear     = 64              // distinct terms looked at for one word
	pastPrefix  = "\U0010FFFF"    // sorts after everything that begins with the same text
	fewHits     = DefaultPageSize // with fewer, one word is looked for in descriptions too
	shortestSKU = 3               // bytes of an SKU's beginning
)

// understand reads a query, to be looked for among the terms. Widen it where it finds little. 2 queries.
func understand(ctx context.Context, db bun.IDB, query string) (*search, error) {
	s := &search{query: query}
	if err := s.readWords(ctx, db); err != nil {
		return nil, err
	}
	if err := s.findTerms(ctx, db); err != nil {
		return nil, err
	}
	s.terms = s.known()
	return s, nil
}

// widen makes the search find more, where it found few products, and tells whether it is worth another try: first
// descriptions are looked into, then, where they do not say so either, words are taken as similar ones that do
// occur. At most 2 queries a word, of a word that is corrected.
func (s *search) widen(ctx context.Context, db bun.IDB, found int) (again bool, err error) {
	switch {
	case len(s.words) == 0:
		return false, nil
	case s.tries == 0:
		s.tries, s.wide = 1, found == 0 || (len(s.words) == 1 && found < fewHits)
		return s.wide, nil
	case s.tries == 1 && s.wide && found == 0:
		s.tries, s.wide = 2, false
		err = s.correct(ctx, db)
		return err == nil && s.corrected() != "", err
	}
	return false, nil
}

// readWords splits the query as the terms were split, and stems its words. 1 query.
func (s *search) readWords(ctx context.Context, db bun.IDB) error {
	vendor, err := tenant.Vendor(ctx)
	if err != nil {
		return err
	}
	err = db.NewRaw(`
		SELECT w.lexeme, coalesce((ts_lexize(stemmer(s.locale), w.lexeme))[1], '') AS stem
		FROM unnest(to_tsvector('simple', fold(?))) w, vendor_settings s
		WHERE s.vendor_id = ? AND length(w.lexeme) <= 64
		ORDER BY w.positions[1], w.lexeme LIMIT ?`, s.query, vendor, maxWords).Scan(ctx, &s.words)
	if err != nil {
		return fmt.Errorf("read the search %q: %w", s.query, err)
	}
	if len(s.words) == 0 {
		return nil
	}
	s.words[len(s.words)-1].last = true
	telling := func(w word) bool { return w.Stem != "" || w.last }
	if slices.ContainsFunc(s.words, telling) {
		s.words = slices.DeleteFunc(s.words, func(w word) bool { return !telling(w) })
	}
	return nil
}

// root is how the words of the same stem begin. Stemmers write y as i ("berri"), which no word does.
func (w word) root() string {
	root := strings.TrimSuffix(w.Stem, "i")
	if len(root) < 3 || !strings.HasPrefix(w.Lexeme, root) {
		return w.Lexeme
	}
	return root
}

// findTerms finds the shop's terms of each word. It hops from one distinct term to the next in the index, so that it
// costs as much as there are terms, however many products have them. 1 query.
func (s *search) findTerms(ctx context.Context, db bun.IDB) error {
	if len(s.words) == 0 {
		return nil
	}
	vendor, err := tenant.Vendor(ctx)
	if err != nil {
		return err
	}
	q := new(fragment)
	for n, w := range s.words {
		if n > 0 {
			q.add(" UNION ALL ")
		}
		q.add("SELECT ? AS word, term, (ts_lexize(stemmer(s.locale), term))[1] AS stem FROM (", n).
			join(distinctTerms(vendor, w.root(), w.root()+pastPrefix, maxNear)).
			add(") t, vendor_settings s WHERE s.vendor_id = ?", vendor)
	}
	var rows []struct {
		Word       int
		Term, Stem string
	}
	if err := db.NewRaw(q.sql.String(), q.args...).Scan(ctx, &rows); err != nil {
		return fmt.Errorf("find the terms of %q: %w", s.query, err)
	}
	for _, row := range rows {
		w := &s.words[row.Word]
		if row.Term == w.Lexeme || (row.Stem == w.Stem && w.Stem != "") {
			w.terms = append(w.terms, row.Term)
			continue
		}
		w.begins = w.begins || (w.last && strings.HasPrefix(row.Term, w.Lexeme))
	}
	return nil
}

// distinctTerms lists the terms from one up to another, each once.
func distinctTerms(vendor int64, from, to string, most int) *fragment {
	return new(fragment).add(`
		WITH RECURSIVE hop (term) AS (
			(SELECT term FROM product_terms WHERE vendor_id = ? AND term >= ? AND term < ? ORDER BY term LIMIT 1)
			UNION ALL
			SELECT (SELECT t.term FROM product_terms t
				WHERE t.vendor_id = ? AND t.term > hop.term AND t.term < ? ORDER BY t.term LIMIT 1)
			FROM hop WHERE hop.term IS NOT NULL
		)
		SELECT term FROM hop WHERE term IS NOT NULL LIMIT ?`, vendor, from, to, vendor, to, most)
}

// known tells whether every word stands for some term.
func (s *search) known() bool {
	return !slices.ContainsFunc(s.words, func(w word) bool { return len(w.terms) == 0 && !w.begins })
}

// corrected is the query as it was understood, where that is not as it was typed.
func (s *search) corrected() string {
	understood, changed := make([]string, len(s.words)), false
	for n, w := range s.words {
		understood[n] = w.Lexeme
		changed = changed || w.typed != ""
	}
	if !changed {
		return ""
	}
	return strings.Join(understood, " ")
}
