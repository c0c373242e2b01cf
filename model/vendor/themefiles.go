package vendor

import (
	"context"
	"fmt"
	"time"

	"github.com/uptrace/bun"

	"orion/model/tenant"
)

// ThemeFile is a template of the vendor's own, which comes before its theme's file of the same path.
type ThemeFile struct {
	bun.BaseModel `bun:"table:vendor_theme_files,alias:vtf"`
	tenant.Owned

	Path      string    `bun:"path,pk"` // such as partials/shop/product_card.html
	Body      string    `bun:"body"`
	Version   int       `bun:"version,nullzero,default:1"`
	UpdatedAt time.Time `bun:"updated_at,nullzero,default:now()"`
}

// ThemeFiles are the vendor's own templates, body by path. One query.
func ThemeFiles(ctx context.Context, db bun.IDB) (map[string]string, error) {
	var files []ThemeFile
	if err := db.NewSelect().Model(&files).Column("path", "body").Scan(ctx); err != nil {
		return nil, fmt.Errorf("read the vendor's templates: %w", err)
	}
	bodies := make(map[string]string, len(files))
	for _, file := range files {
		bodies[file.Path] = file.Body
	}
	return bodies, nil
}
