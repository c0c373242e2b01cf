package catalog

import (
	"context"
	"fmt"
	"time"

	"github.com/uptrace/bun"

	"orion/model/tenant"
)

// Category is a shelf of the shop. ParentID is the one it belongs to, nil at the top.
type Category struct {
	bun.BaseModel `bun:"table:product_categories,alias:c"`
	tenant.Owned
	ID          int64          `bun:"id,pk,autoincrement"`
	ParentID    *int64         `bun:"parent_id"`
	Slug        string         `bun:"slug"`
	Name        string         `bun:"name"`
	Description string         `bun:"description"` // plain text
	ImageURL    string         `bun:"image_url"`
	Position    int            `bun:"position"`
	Metadata    map[string]any `bun:"metadata,type:jsonb"`
	Version     int            `bun:"version"`
	CreatedAt   time.Time      `bun:"created_at,nullzero,default:now()"`
	UpdatedAt   time.Time      `bun:"updated_at,nullzero,default:now()"`
	DeletedAt   bun.NullTime   `bun:"deleted_at,soft_delete,nullzero"`
}

// CategoryNode is a category with those below it.
type CategoryNode struct {
	ID          int64
	ParentID    *int64
	Slug        string
	Name        string
	Description string
	ImageURL    string
	Products    int // active products in it and below it; set by Tree only
	Children    []*CategoryNode
}

// Crumb is a step on the way down to a category.
type Crumb struct{ Slug, Name string }

// Tree is the whole of the shop's living categories, in the merchant's order, with how many products each leads
// to. A category whose parent was deleted stands at the top. 2 queries.
func Tree(ctx context.Context, db bun.IDB) ([]*CategoryNode, error) {
	all, err := loadCategories(ctx, db)
	if err != nil {
		return nil, err
	}
	vendor, err := tenant.Vendor(ctx)
	if err != nil {
		return nil, err
	}
	var counts []struct {
		ID       int64
		Products int
	}
	// UNION, not UNION ALL: a cycle of parents then ends.
	err = db.NewRaw(`
		WITH RECURSIVE up (id, ancestor) AS (
			SELECT id, id FROM product_categories WHERE vendor_id = ?0 AND deleted_at IS NULL
			UNION
			SELECT up.id, c.parent_id FROM up
			JOIN product_categories c ON c.vendor_id = ?0 AND c.id = up.ancestor AND c.deleted_at IS NULL
			WHERE c.parent_id IS NOT NULL
		)
		SELECT up.ancestor AS id, count(DISTINCT cp.product_id) AS products
		FROM up
		JOIN product_category_products cp ON cp.vendor_id = ?0 AND cp.category_id = up.id
		JOIN products p ON p.vendor_id = ?0 AND p.id = cp.product_id AND p.deleted_at IS NULL AND p.status = 'active'
		GROUP BY up.ancestor`, vendor).Scan(ctx, &counts)
	if err != nil {
		return nil, fmt.Errorf("count products by category: %w", err)
	}
	for _, count := range counts {
		if node := all.byID[count.ID]; node != nil {
			node.Products = count.Products
		}
	}
	return all.roots, nil
}

// TopCategories is Tree without the counts, as a shop's navigation needs it. 1 query.
func TopCategories(ctx context.Context, db bun.IDB) ([]*CategoryNode, error) {
	all, err := loadCategories(ctx, db)
	if err != nil {
		return nil, err
	}
	return all.roots, nil
}

// categories are a shop's living categories as a tree. There are tens of them, so they are read whole.
type categories struct {
	roots  []*CategoryNode
	byID   map[int64]*CategoryNode
	bySlug map[string]*CategoryNode
}

// loadCategories reads them. 1 query.
func loadCategories(ctx context.Context, db bun.IDB) (*categories, error) {
	var rows []Category
	err := db.NewSelect().Model(&rows).
		Column("id", "parent_id", "slug", "name", "description", "image_url").
		Order("c.position", "c.name", "c.id").Scan(ctx)
	if err != nil {
		return nil, fmt.Errorf("read categories: %w", err)
	}
	all := &categories{byID: make(map[int64]*CategoryNode, len(rows)), bySlug: make(map[string]*CategoryNode, len(rows))}
	nodes := make([]*CategoryNode, len(rows))
	for n, row := range rows {
		nodes[n] = &CategoryNode{ID: row.ID, ParentID: row.ParentID, Slug: row.Slug, Name: row.Name,
			Description: row.Description, ImageURL: row.ImageURL}
		all.byID[row.ID], all.bySlug[row.Slug] = nodes[n], nodes[n]
	}
	for _, node := range nodes {
		if parent := all.parent(node); parent != nil && !all.loops(node) {
			parent.Children = append(parent.Children, node)
		} else {
			all.roots = append(all.roots, node)
		}
	}
	return all, nil
}

func (all *categories) parent(node *CategoryNode) *CategoryNode {
	if node.ParentID == nil {
		return nil
	}
	return all.byID[*node.ParentID]
}

// loops tells whether a category is its own ancestor, which the database does not rule out.
func (all *categories) loops(node *CategoryNode) bool {
	for up, steps := all.parent(node), 0; up != nil; up, steps = all.parent(up), steps+1 {
		if up == node || steps > len(all.byID) {
			return true
		}
	}
	return false
}

// path is the way down to a category, the category last.
func (all *categories) path(node *CategoryNode) []Crumb {
	if node == nil {
		return nil
	}
	if all.loops(node) {
		return []Crumb{{node.Slug, node.Name}}
	}
	return append(all.path(all.parent(node)), Crumb{node.Slug, node.Name})
}

// within lists a category's id and those of all below it.
func (node *CategoryNode) within() []int64 {
	ids := []int64{node.ID}
	for _, child := range node.Children {
		ids = append(ids, child.within()...)
	}
	return ids
}

// deepest is the path of the category that is furthest down among ids; the first of them on a tie.
func (all *categories) deepest(ids []int64) []Crumb {
	var best []Crumb
	for _, id := range ids {
		if path := all.path(all.byID[id]); len(path) > len(best) {
			best = path
		}
	}
	return best
}
