package commands

import (
	"io"
	"os"

	"github.com/schollz/progressbar/v3"
	"golang.org/x/term"
)

// progress shows on a terminal how far a long piece of work is; elsewhere it shows nothing. A total of -1 means that the
// end is not known. The caller calls Finish.
func (p Process) progress(total int64, what string, options ...progressbar.Option) *progressbar.ProgressBar {
	out := p.Stderr
	if file, ok := out.(*os.File); !ok || !term.IsTerminal(int(file.Fd())) {
		out = io.Discard
	}
	return progressbar.NewOptions64(total, append([]progressbar.Option{
		progressbar.OptionSetWriter(out),
		progressbar.OptionSetDescription(what),
		progressbar.OptionShowCount(),
		progressbar.OptionShowIts(),
		progressbar.OptionClearOnFinish(),
	}, options...)...)
}
