package views

// Desk is the frame of the dashboard and of the admin around a page: who is here, where one can go. Nil on pages that
// nobody is signed in for.
type Desk struct {
	Audience    string // vendor or admin
	VendorName  string // "" in the admin
	PersonName  string
	PersonEmail string
	RoleTitle   string // in words
	Nav         []DeskLink
	Teams       []Link // the shops whose team one is on; a switcher from two on
	TeamsURL    string
	SecurityURL string
	SignOutURL  string // takes a POST
	ShopURL     string // the storefront; "" in the admin
	Notice      string // what has to be done, such as setting up a second factor
}

// DeskLink is an entry of the dashboard's navigation.
type DeskLink struct {
	Label, URL string
	Icon       string // its name in the sprite: house, users, key-round, shield-check, scroll-text, store, settings
	Current    bool
}

// DeskHome is the first page of the dashboard and of the admin.
type DeskHome struct {
	Shell
	Heading, Text string
	Tiles         []DeskTile
}

// DeskTile leads to a part of the dashboard.
type DeskTile struct {
	Title, Text, URL string
	Icon             string // as in DeskLink
}

// Team is who works in a shop.
type Team struct {
	Shell
	Members      []MemberRow
	Invitations  []InvitationRow // open ones
	InviteAction string
	Email        Field
	Role         Field
	CanManage    bool
	CanHandOver  bool
	CanLeave     bool
	LeaveURL     string
	RolesURL     string // "": no right to see them
	HandOverURL  string
	HandOverTo   Field
	Message      string // why a change did not work
}

// MemberRow is one person on a team.
type MemberRow struct {
	UserID       int64
	Name, Email  string
	Role         string // in words
	RoleValue    string // as the form sends it
	Joined, Seen string // formatted
	You          bool
	SecondFactor bool
	CanChange    bool // by whoever is looking
	RoleURL      string
	RemoveURL    string
	RoleField    Field
}

// InvitationRow is an invitation that nobody has accepted yet.
type InvitationRow struct {
	ID                  int64
	Email, Role         string
	By                  string
	Sent, Expires       string // formatted
	Expired             bool
	RenewURL, RevokeURL string
}

// Roles are the roles of a shop, built in and its own.
type Roles struct {
	Shell
	Builtin, Custom []RoleRow
	NewURL          string
	CanManage       bool
}

// RoleRow is one role. Permissions are labels.
type RoleRow struct {
	Title              string
	Permissions        []string
	Members            int
	EditURL, RemoveURL string
}

// RoleForm makes or changes a shop's own role.
type RoleForm struct {
	Shell
	Heading, Action, BackURL string
	Name                     Field
	Groups                   []PermissionGroup
	Version                  int // of the role that is being changed, sent back with the form
	Message                  string
}

// PermissionGroup is the permissions for one part of the dashboard.
type PermissionGroup struct {
	Name        string
	Permissions []PermissionBox
}

// PermissionBox is one permission to tick. Disabled: whoever edits the role does not hold it.
type PermissionBox struct {
	Value, Label      string
	Checked, Disabled bool
}

// Teams are the shops whose team somebody is on.
type Teams struct {
	Shell
	Teams []TeamRow
}

// TeamRow is one shop, and who one is in it.
type TeamRow struct {
	Name, Role, URL string
	Current         bool
}

// Audit is what happened, latest first.
type Audit struct {
	Shell
	Rows     []AuditRow
	OlderURL string // "": these are the last ones
	Query    string
}

// AuditRow is one thing that happened.
type AuditRow struct {
	At, Who, Action, Subject, Detail string
}

// AdminSecurity decides who needs a second factor.
type AdminSecurity struct {
	Shell
	Action         string
	Admins, Owners bool
	Saved          bool
}

// Users finds accounts of the platform's users.
type Users struct {
	Shell
	Query, Action string
	Rows          []UserRow
	Message       string // why a change did not work
}

// UserRow is one user.
type UserRow struct {
	ID                             int64
	Email, Name                    string
	Role                           string // of the platform, in words; "" none
	Verified, SecondFactor, Locked bool
	RoleURL                        string // "": whoever is looking may not change it
	RoleField                      Field
}
