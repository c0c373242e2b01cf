package views

import "html/template"

// DevMail lists what was mailed in development, newest first.
type DevMail struct {
	Shell
	Letters []DevMailRow
}

// DevMailRow is one mail in the list.
type DevMailRow struct {
	To, From, Subject string
	At                string // when it was sent, for people
	URL               string
}

// DevLetter is one mail that was sent in development.
type DevLetter struct {
	Shell
	Subject  string
	Headers  []DevMailHeader
	Text     []DevMailSpan // the text part, its links apart
	FrameURL string        // the HTML part, as a document of its own
	BackURL  string
}

// DevMailHeader is one line of a mail's head.
type DevMailHeader struct{ Name, Value string }

// DevMailSpan is a piece of a mail's text. With a URL it is a link.
type DevMailSpan struct {
	Text string
	URL  template.URL // an http or https address
}
