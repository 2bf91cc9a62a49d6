import Glibc

/// What the standard output is, and how wide.
struct TerminalWindow {
    let isTerminal: Bool
    /// In columns: `$COLUMNS`, else what the terminal says; nil when neither is known.
    let width: Int?

    static var current: TerminalWindow {
        let isTerminal = isatty(1) == 1
        var width = Environment.variable("COLUMNS").flatMap { Int($0) }.flatMap {
            (1...100_000).contains($0) ? $0 : nil
        }
        if width == nil, isTerminal {
            var size = winsize()
            if ioctl(1, UInt(TIOCGWINSZ), &size) == 0, size.ws_col > 0 { width = Int(size.ws_col) }
        }
        return TerminalWindow(isTerminal: isTerminal, width: width)
    }
}
