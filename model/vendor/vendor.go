// Package vendor is who sells on the platform: the vendor, the addresses of its shop, its settings and its
// theme. Directory finds a shop by its address, from memory.
package vendor

import (
	"regexp"
	"slices"
	"time"

	"github.com/uptrace/bun"

	"orion/model/tenant"
)

// Status says whether a vendor's shop is open.
type Status string

// The states of a vendor, as the CHECK of table vendors lists them.
const (
	Pending   Status = "pending"   // applied, not yet let in: the shop does not exist for visitors
	Active    Status = "active"    // open
	Suspended Status = "suspended" // closed by the platform for a time: visitors are told so
	Gone      Status = "closed"    // given up: the shop does not exist any more
)

// Vendor is one seller on the platform. It is not tenant.Owned: it is the tenant.
type Vendor struct {
	bun.BaseModel `bun:"table:vendors,alias:v"`

	ID        int64          `bun:"id,pk,autoincrement"`
	Slug      string         `bun:"slug"` // its address on the platform; see ValidSlug
	Name      string         `bun:"name"`
	Status    Status         `bun:"status,nullzero,default:'pending'"`
	Metadata  map[string]any `bun:"metadata,type:jsonb,nullzero,default:'{}'"`
	Version   int            `bun:"version,nullzero,default:1"`
	CreatedAt time.Time      `bun:"created_at,nullzero,default:now()"`
	UpdatedAt time.Time      `bun:"updated_at,nullzero,default:now()"`
	DeletedAt time.Time      `bun:"deleted_at,soft_delete,nullzero"`
}

// Domain is a custom domain that a vendor claims.
type Domain struct {
	bun.BaseModel `bun:"table:vendor_domains,alias:vd"`
	tenant.Owned

	Host       string    `bun:"host,pk"` // lower case, punycode, without port or trailing dot
	Primary    bool      `bun:"is_primary"`
	VerifiedAt time.Time `bun:"verified_at,nullzero"` // zero: only claimed, the shop does not answer there
	CreatedAt  time.Time `bun:"created_at,nullzero,default:now()"`
}

// Theme is how a vendor's shop looks: a theme pack and the vendor's own values for its tokens.
type Theme struct {
	bun.BaseModel `bun:"table:vendor_themes,alias:vt"`
	tenant.Owned

	Name      string            `bun:"theme,nullzero,default:'base'"` // a folder in themes/
	Tokens    map[string]string `bun:"tokens,type:jsonb,nullzero,default:'{}'"`
	Version   int               `bun:"version,nullzero,default:1"`
	UpdatedAt time.Time         `bun:"updated_at,nullzero,default:now()"`
}

// slugForm is the CHECK of vendors.slug: a DNS label (RFC 1123, section 2.1), since it is used as a subdomain.
var slugForm = regexp.MustCompile(`^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$`)

// reservedSlugs are subdomains that the platform keeps for itself.
var reservedSlugs = []string{"admin", "api", "www"}

// ValidSlug reports whether s may name a vendor: a lower-case DNS label that is not one of the platform's own
// subdomains. Labels with "--" in the third and fourth place are refused too: they are reserved for
// internationalised names (RFC 5891, section 4.2.3.1) and would show as other letters in the address bar.
func ValidSlug(s string) bool {
	return slugForm.MatchString(s) && !slices.Contains(reservedSlugs, s) && (len(s) < 4 || s[2:4] != "--")
}
