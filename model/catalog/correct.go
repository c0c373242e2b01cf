package catalog

import (
	"cmp"
	"context"
	"fmt"
	"slices"
	"unicode/utf8"

	"github.com/uptrace/bun"

	"orion/model/tenant"
)

// Bounds of a correction.
const (
	shortestTypo  = 4    // letters of a word that may be mistyped; shorter ones resemble too much
	maxCandidates = 3000 // terms that a word is compared with
	alike         = 0.45 // trigram similarity that is taken for the same word at any distance
)

// candidate is a term that a word may have been meant as.
type candidate struct {
	Term       string
	Similarity float64
	distance   int
}

// correct replaces each word that stands for nothing by the most similar term of the shop, and leaves the search as
// it is where there is none. 1 query for a word that is corrected, at most 2.
func (s *search) correct(ctx context.Context, db bun.IDB) error {
	for n := range s.words {
		w := &s.words[n]
		if len(w.terms) > 0 || w.begins || utf8.RuneCountInString(w.Lexeme) < shortestTypo {
			continue
		}
		_, size := utf8.DecodeRuneInString(w.Lexeme)
		// Hardly anybody mistypes the first letter, so its terms come first; digits sort before "a".
		for _, reach := range [][2]string{{w.Lexeme[:size], w.Lexeme[:size] + pastPrefix}, {"a", pastPrefix}} {
			best, err := w.resembling(ctx, db, reach[0], reach[1])
			if err != nil {
				return err
			}
			if best != "" {
				w.typed, w.Lexeme, w.terms = w.Lexeme, best, []string{best}
				break
			}
		}
	}
	s.terms = s.known()
	return nil
}

// resembling is the term in a range that a word most likely was meant as, "" where none is near enough. 1 query.
func (w word) resembling(ctx context.Context, db bun.IDB, from, to string) (string, error) {
	vendor, err := tenant.Vendor(ctx)
	if err != nil {
		return "", err
	}
	letters := utf8.RuneCountInString(w.Lexeme)
	q := new(fragment).add("SELECT term, similarity(term, ?) AS similarity FROM (", w.Lexeme).
		join(distinctTerms(vendor, from, to, maxCandidates)).
		add(") t WHERE length(term) BETWEEN ? AND ?", letters-2, letters+2)
	if w.last {
		q = new(fragment).add("SELECT term, similarity(term, ?) AS similarity FROM (", w.Lexeme).
			join(distinctTerms(vendor, from, to, maxCandidates)).add(") t WHERE length(term) >= ?", letters-2)
	}
	var candidates []candidate
	if err := db.NewRaw(q.sql.String(), q.args...).Scan(ctx, &candidates); err != nil {
		return "", fmt.Errorf("find words like %q: %w", w.Lexeme, err)
	}
	return w.nearest(candidates), nil
}

// nearest is the best of the candidates: the fewest wrong letters, then the most trigrams in common.
func (w word) nearest(candidates []candidate) string {
	typed := []rune(w.Lexeme)
	allowed := 1
	if len(typed) > 5 {
		allowed = 2
	}
	kept := candidates[:0]
	for _, c := range candidates {
		term := []rune(c.Term)
		c.distance = distance(typed, term)
		wrong := c.distance
		if longer := len(term) - len(typed); longer > 0 && (w.last || longer <= 2) {
			// A word that is still being typed, or one without its ending: only what is there can be wrong.
			for end := len(typed) - 1; end <= min(len(typed)+1, len(term)); end++ {
				wrong = min(wrong, distance(typed, term[:end]))
			}
		}
		if wrong <= allowed || c.Similarity >= alike {
			kept = append(kept, c)
		}
	}
	if len(kept) == 0 {
		return ""
	}
	return slices.MinFunc(kept, func(a, b candidate) int {
		return cmp.Or(cmp.Compare(a.distance, b.distance), cmp.Compare(b.Similarity, a.Similarity), cmp.Compare(a.Term, b.Term))
	}).Term
}

// distance counts the letters to insert, drop, replace or swap with their neighbour to make b of a (optimal string
// alignment).
func distance(a, b []rune) int {
	before, last, row := make([]int, len(b)+1), make([]int, len(b)+1), make([]int, len(b)+1)
	for j := range last {
		last[j] = j
	}
	for i := 1; i <= len(a); i++ {
		row[0] = i
		for j := 1; j <= len(b); j++ {
			replace := last[j-1]
			if a[i-1] != b[j-1] {
				replace++
			}
			row[j] = min(last[j]+1, row[j-1]+1, replace)
			if i > 1 && j > 1 && a[i-1] == b[j-2] && a[i-2] == b[j-1] {
				row[j] = min(row[j], before[j-2]+1)
			}
		}
		before, last, row = last, row, before
	}
	return last[len(b)]
}
