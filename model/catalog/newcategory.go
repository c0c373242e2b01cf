package catalog

import (
	"context"
	"fmt"

	"github.com/uptrace/bun"

	"orion/model/audit"
	"orion/model/fault"
)

// NewCategory is a category as somebody writes it down.
type NewCategory struct {
	Slug        string // "" is made from the name, and made unique
	Name        string
	Description string // plain text
	ImageURL    string
	ParentID    int64 // 0: at the top
	Position    int
}

// CreateCategory stores a category with its audit row. What cannot be taken is fault.Invalid.
func CreateCategory(ctx context.Context, db bun.IDB, n NewCategory, by audit.By) (*Category, error) {
	n.Name = clean(n.Name, maxTitle)
	if n.Name == "" {
		return nil, fault.Field("name", "Enter a name.")
	}
	made := &Category{Name: n.Name, Description: n.Description, ImageURL: n.ImageURL, ParentID: orNil(n.ParentID),
		Position: n.Position, Metadata: map[string]any{}, Version: 1}
	err := db.RunInTx(ctx, nil, func(ctx context.Context, tx bun.Tx) (err error) {
		if n.ParentID != 0 {
			found, err := tx.NewSelect().Model((*Category)(nil)).Column("id").Where("c.id = ?", n.ParentID).Limit(1).Exec(ctx)
			if err != nil {
				return err
			}
			if rows, err := found.RowsAffected(); err != nil || rows == 0 {
				return fault.Field("parent", "Choose a category of this shop.")
			}
		}
		if made.Slug, err = freeSlug(ctx, tx, kindCategory, Slugify(n.Slug), n.Name); err != nil {
			return err
		}
		if _, err := tx.NewInsert().Model(made).ExcludeColumn("deleted_at").Returning("id, created_at, updated_at").Exec(ctx); err != nil {
			return err
		}
		return audit.Record(ctx, tx, by.Entry("category.created", fmt.Sprintf("category:%d", made.ID), nil,
			map[string]any{"slug": made.Slug, "name": made.Name, "parent_id": made.ParentID}))
	})
	if err != nil {
		return nil, fmt.Errorf("create category %q: %w", n.Name, asFault(err))
	}
	return made, nil
}
