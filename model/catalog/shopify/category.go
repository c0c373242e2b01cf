package shopify

import (
	"context"
	"strings"

	"github.com/uptrace/bun"

	"orion/model/audit"
	"orion/model/catalog"
)

// maxDepth is how many levels of a product category are made.
const maxDepth = 8

// shelves finds the shop's categories by their names, and makes those that are missing.
type shelves struct {
	by    audit.By
	known map[string]int64 // the names on the way down, folded, to the category's id
}

func readShelves(ctx context.Context, db bun.IDB, by audit.By) (*shelves, error) {
	tree, err := catalog.Tree(ctx, db)
	if err != nil {
		return nil, err
	}
	s := &shelves{by: by, known: map[string]int64{}}
	s.learn("", tree)
	return s, nil
}

func (s *shelves) learn(above string, nodes []*catalog.CategoryNode) {
	for _, node := range nodes {
		key := below(above, node.Name)
		if _, known := s.known[key]; !known {
			s.known[key] = node.ID
		}
		s.learn(key, node.Children)
	}
}

func below(above, name string) string { return above + "\x00" + strings.ToLower(name) }

// find is the id of the category at the end of a path, 0 for an empty path.
func (s *shelves) find(ctx context.Context, db bun.IDB, path []string) (int64, error) {
	var id int64
	key := ""
	for _, name := range path {
		key = below(key, name)
		if known, found := s.known[key]; found {
			id = known
			continue
		}
		made, err := catalog.CreateCategory(ctx, db, catalog.NewCategory{Name: name, ParentID: id}, s.by)
		if err != nil {
			return 0, err
		}
		id = made.ID
		s.known[key] = id
	}
	return id, nil
}
