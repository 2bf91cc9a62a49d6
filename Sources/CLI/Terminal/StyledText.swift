import Viewer

/// Text in one style.
struct StyledText {
    enum Style { case plain, faint, strong, deleted, inserted }
    var text: String
    var style: Style

    init(_ text: String, _ style: Style = .plain) {
        self.text = text
        self.style = style
    }
}

/// Text broken into lines of a width, and written with colours and direction marks where the terminal takes them.
struct TextLayout {
    let isColoured: Bool
    /// Direction marks go to terminals only: in files and pipes they would be part of the text.
    let isTerminal: Bool

    private struct Cluster {
        let character: Character
        let width: Int
        let style: StyledText.Style
        let mayBreakBefore: Bool
        var isSpace: Bool { character == " " }
    }

    struct Line {
        fileprivate(set) var runs: [StyledText] = []
        fileprivate(set) var width = 0

        fileprivate mutating func append(_ character: Character, width: Int, _ style: StyledText.Style) {
            if runs.last?.style == style {
                runs[runs.count - 1].text.append(character)
            } else {
                runs.append(StyledText(String(character), style))
            }
            self.width += width
        }
    }

    /// Lines of at most `width` columns; line feeds end lines too.
    func lines(_ runs: [StyledText], width: Int) -> [Line] {
        guard width < .max else { return unbroken(runs) }
        let clusters = clusters(runs)
        var lines: [Line] = []
        var start = 0
        var taken = 0
        var opportunity: Int?
        var at = 0
        func close(_ end: Int, next: Int) {
            lines.append(Self.line(clusters[start..<end], isBroken: end < clusters.count))
            start = next
            opportunity = nil
        }
        while at < clusters.count {
            let cluster = clusters[at]
            if cluster.character == "\n" {
                close(at, next: at + 1)
                taken = 0
            } else {
                if at > start, cluster.mayBreakBefore { opportunity = at }
                if !cluster.isSpace, at > start, taken + cluster.width > width {
                    let end = opportunity ?? at
                    close(end, next: end)
                    taken = clusters[end..<at].reduce(0) { $0 + $1.width }
                }
                taken += cluster.width
            }
            at += 1
        }
        if start < clusters.count || lines.isEmpty { close(clusters.count, next: clusters.count) }
        return lines
    }

    /// One line of at most `width` columns; what does not fit is left out, and said to be.
    func folded(_ runs: [StyledText], width: Int) -> Line {
        let clusters = clusters(runs, untilWiderThan: max(1, width))
        let isWhole = clusters.reduce(0) { $0 + $1.width } <= width && !clusters.contains { $0.character == "\n" }
        guard !isWhole else { return Self.line(clusters[...], isBroken: false) }
        var taken = 0
        let fitting = clusters.prefix { cluster in
            taken += cluster.width
            return taken < width && cluster.character != "\n"
        }
        guard let style = fitting.last?.style else { return Self.line(fitting, isBroken: true) }
        var folded = Self.line(fitting, isBroken: true)
        folded.append("…", width: 1, style)
        return folded
    }

    /// Where no line may be broken, nothing need be measured.
    private func unbroken(_ runs: [StyledText]) -> [Line] {
        var lines = [Line()]
        for run in runs {
            for (at, text) in run.text.unicodeScalars.split(separator: "\n", omittingEmptySubsequences: false)
                .enumerated()
            {
                if at > 0 { lines.append(Line()) }
                if !text.isEmpty { lines[lines.count - 1].runs.append(StyledText(String(text), run.style)) }
            }
        }
        return lines
    }

    private func clusters(_ runs: [StyledText], untilWiderThan limit: Int = .max) -> [Cluster] {
        var clusters: [Cluster] = []
        var taken = 0
        for run in runs {
            for character in run.text {
                let previous = clusters.last
                let width = DisplayWidth.of(character)
                let follows = previous.map { Self.mayBreak($0, character, width) } ?? false
                clusters.append(Cluster(character: character, width: width, style: run.style, mayBreakBefore: follows))
                taken += width
                if taken > limit { return clusters }
            }
        }
        return clusters
    }

    /// After spaces, and around the signs of scripts that have none, but not before what closes or after what opens.
    private static func mayBreak(_ previous: Cluster, _ next: Character, _ width: Int) -> Bool {
        if previous.isSpace { return next != " " }
        guard next != " ", width == 2 || previous.width == 2 else { return false }
        return !closing.contains(next) && !opening.contains(previous.character)
    }

    private static let closing = Set("、。，．：；！？」』）】》〉〕］｝”’ー々…‥・,.:;!?)]}-+%")
    private static let opening = Set("「『（【《〈〔［｛“‘([{-+$")

    /// Spaces where a line is broken are left out; at the end of a text, they may be what was edited.
    private static func line(_ clusters: ArraySlice<Cluster>, isBroken: Bool) -> Line {
        var clusters = clusters
        while let last = clusters.last, last.isSpace, isBroken || last.style == .plain || last.style == .faint {
            clusters.removeLast()
        }
        var line = Line()
        for cluster in clusters { line.append(cluster.character, width: cluster.width, cluster.style) }
        return line
    }

    // MARK: Writing

    /// - Parameters:
    ///   - direction: The paragraph's: a line of it may begin with a word of the other.
    ///   - width: What is missing is made up with spaces; nil for none.
    func written(_ line: Line, direction: TextDirection? = nil, paddedTo width: Int? = nil) -> String {
        var text = ""
        let isMixed = isTerminal && line.runs.contains { TextDirection.hasRightToLeft($0.text) }
        if isMixed {
            text += "\u{2068}"
            // The terminal goes by the line's first letter; where that says something else, a mark comes before it.
            let first = TextDirection.ofFirstLetter(line.runs.map(\.text).joined())
            if let direction, first != direction { text += direction == .rightToLeft ? "\u{200F}" : "\u{200E}" }
        }
        for run in line.runs {
            let isOther =
                isMixed && run.style != .plain && run.style != .faint
                && TextDirection.ofFirstLetter(run.text).map { $0 != direction } ?? false
            text += coloured(isOther ? "\u{2068}\(run.text)\u{2069}" : run.text, run)
        }
        if isMixed { text += "\u{2069}" }
        if let width { text += String(repeating: " ", count: max(0, width - line.width)) }
        return text
    }

    private func coloured(_ text: String, _ run: StyledText) -> String {
        guard isColoured, let code = Self.code(run) else { return text }
        return "\u{1B}[\(code)m\(text)\u{1B}[0m"
    }

    private static func code(_ run: StyledText) -> String? {
        // Colour alone does not show on spaces.
        let reversed = run.text.allSatisfy(\.isWhitespace) ? ";7" : ""
        return switch run.style {
        case .plain: nil
        case .faint: "2"
        case .strong: "1"
        case .deleted: "31;9" + reversed
        case .inserted: "32;1" + reversed
        }
    }
}
