import Glibc
import Models
import Synchronization

/// Where results, notices, progress and errors go: results to the standard output, everything else to the standard error.
struct Console: Sendable {
    let isJSON: Bool
    private let isQuiet: Bool
    let isColoured: Bool
    private let showsProgress: Bool
    /// Whether a line of progress stands on the terminal, to be wiped before anything else is written there.
    private static let isProgressShown = Mutex(false)

    init(options: GlobalOptions) {
        self.init(json: options.json, quiet: options.quiet, color: options.color)
    }

    /// Before the arguments are parsed, or when they cannot be.
    init(arguments: [String]) {
        self.init(json: arguments.contains("--json"), quiet: false, color: .auto)
    }

    private init(json: Bool, quiet: Bool, color: GlobalOptions.ColorChoice) {
        isJSON = json
        isQuiet = quiet
        let wantsColour = Environment.variable("NO_COLOR") == nil && Environment.variable("TERM") != "dumb"
        isColoured = !json && (color == .always || (color == .auto && wantsColour && isatty(1) == 1))
        showsProgress = !quiet && !json && isatty(2) == 1
    }

    /// A line of the result, for people.
    func print(_ line: String) { StandardOutput.write(line + "\n") }

    /// A line of the result, for programs.
    func print(_ json: JSON) { StandardOutput.write(json.text + "\n") }

    /// A line of the result, in whichever form was asked for.
    func print(_ line: @autoclosure () -> String, json: @autoclosure () -> JSON) {
        if isJSON { print(json()) } else { print(line()) }
    }

    /// The last line: `{"summary": …}`, or a sentence for people.
    func summary(_ line: @autoclosure () -> String, json: @autoclosure () -> JSON) {
        print(line(), json: .object([.init("summary", json())]))
    }

    /// Bytes exactly as they are.
    func write(_ bytes: [UInt8]) { StandardOutput.write(bytes) }

    /// A question on the standard error, without a line's end.
    static func ask(_ question: String) { raw(question) }

    func notice(_ text: String) {
        guard !isQuiet else { return }
        clearProgress()
        Self.standardError(isJSON ? JSON.object([.init("notice", .string(text))]).text : "stet: \(text)")
    }

    /// Shown on a terminal only, and gone when the next line is written.
    func progress(_ text: @autoclosure () -> String) {
        guard showsProgress else { return }
        Self.isProgressShown.withLock { $0 = true }
        Self.raw("\r\u{1B}[K\(text().prefix(100))")
    }

    func progress(_ what: String, _ done: Int, of total: Int) {
        progress("\(what) \(total == 0 ? 100 : done * 100 / total) %")
    }

    func clearProgress() {
        let wasShown = Self.isProgressShown.withLock { shown in
            defer { shown = false }
            return shown
        }
        if wasShown { Self.raw("\r\u{1B}[K") }
    }

    func fail(_ failure: Failure) -> Never {
        StandardOutput.flush()
        clearProgress()
        if isJSON {
            let error: JSON = .object([
                .init("code", .string(failure.code)), .init("message", .string(failure.message)),
                .init("hint", .string(failure.hint)),
            ])
            Self.standardError(JSON.object([.init("error", error)]).text)
        } else {
            Self.standardError("stet: error: \(Printable.text(failure.message)): \(Printable.text(failure.hint))")
        }
        exit(failure.exit)
    }

    func finish(_ code: Int32) -> Never {
        clearProgress()
        guard StandardOutput.flush() else {
            Self.standardError("stet: error: the output could not be written: is the disk full?")
            exit(74)
        }
        exit(code)
    }

    private static func standardError(_ line: String) { raw(line + "\n") }

    private static func raw(_ text: String) {
        var text = text
        text.withUTF8 { _ = Glibc.write(2, $0.baseAddress, $0.count) }
    }
}
