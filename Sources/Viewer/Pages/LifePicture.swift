internal import Diffing
internal import Models
internal import Storage
internal import Tracking

/// An article's life along a line of time: every capture a tick, every state a bar, every edit a mark that stands out by how much
/// it matters.
///
/// Horizontal places are shares of the width, so that the picture is as wide as the page and its marks keep their size.
struct LifePicture {
    struct LegendEntry {
        let style: String
        let text: String
        /// SVG.
        let mark: String
    }

    private enum Mark: String, CaseIterable {
        case substantive, minor, cosmetic, suspect, gone, returned

        var text: String {
            switch self {
            case .substantive: "substantive edit"
            case .minor: "minor edit"
            case .cosmetic: "cosmetic edit"
            case .suspect: "not the article"
            case .gone: "gone"
            case .returned: "back again"
            }
        }

        /// Around the origin: each kind has a shape of its own, for those who do not see colours.
        var shape: String {
            switch self {
            case .substantive: #"<path d="M0-9 9 0 0 9-9 0Z"/>"#
            case .minor: #"<circle r="5.5"/>"#
            case .cosmetic: #"<circle r="3.5"/>"#
            case .suspect: #"<path d="M0-8 8 6H-8Z"/>"#
            case .gone: #"<path d="M-6-6 6 6M6-6-6 6"/>"#
            case .returned: #"<path d="M-5 0H5M0-5V5"/>"#
            }
        }
    }

    private let entries: [Timeline.Entry]
    private let steps: Steps
    private let first: Int64
    private let last: Int64
    /// Ticks closer than this share of the width are one.
    private static let places = 900

    init(_ timeline: Timeline, _ steps: Steps) {
        entries = timeline.entries
        self.steps = steps
        let times = entries.flatMap {
            [$0.state.first.capturedAt, $0.state.captures[$0.state.captures.count - 1].capturedAt]
        }
        first = times.map(\.milliseconds).min() ?? 0
        last = max(times.map(\.milliseconds).max() ?? 0, first + 1)
    }

    /// Of the marks that are in the picture.
    var legend: [LegendEntry] {
        let used = Set(entries.compactMap(mark))
        return Mark.allCases.filter(used.contains).map { mark in
            LegendEntry(
                style: mark.rawValue, text: mark.text,
                mark:
                    "<svg width=\"20\" height=\"20\" viewBox=\"-10 -10 20 20\" class=\"mark \(mark.rawValue)\" aria-hidden=\"true\">\(mark.shape)</svg>"
            )
        }
    }

    /// Empty where there is one capture only: a line of time would show nothing.
    var svg: String {
        guard entries.flatMap(\.state.captures).count > 1 else { return "" }
        let parts = [bars, ticks, axis, marks]
        return """
            <svg class="life" width="100%" height="112" role="img" aria-label="\(HTMLText.escaped(label))">\(parts.joined())</svg>
            """
    }

    /// The whole in a sentence, for those who do not see it; the list below says everything.
    private var label: String {
        let counts = Mark.allCases.compactMap { mark -> String? in
            let count = entries.count { self.mark($0) == mark }
            return count == 0 ? nil : "\(mark.text): \(count)"
        }
        let captures = Counted.text(entries.reduce(0) { $0 + $1.state.captures.count }, "capture")
        return "Timeline of \(captures). \(counts.joined(separator: ", "))"
    }

    private func mark(_ entry: Timeline.Entry) -> Mark? {
        if entry.health.isReturned { return .returned }
        switch entry.health.state {
        case .gone: return .gone
        case .suspect: return .suspect
        case .healthy:
            return steps[entry.state.first.name]?.significance.flatMap { Mark(rawValue: $0.rawValue) }
        }
    }

    /// From 2 to 98: marks at either end need room.
    private func share(_ time: Timestamp) -> Double {
        2 + 96 * Double(time.milliseconds - first) / Double(last - first)
    }

    private func text(_ share: Double) -> String {
        let hundredths = Int((share * 100).rounded())
        let rest = hundredths % 100
        return "\(hundredths / 100).\(rest < 10 ? "0" : "")\(rest)%"
    }

    private var bars: String {
        var last = -1
        return entries.indices.map { at in
            let start = share(entries[at].state.first.capturedAt)
            let end = at + 1 < entries.count ? share(entries[at + 1].state.first.capturedAt) : 98
            let style = entries[at].health.state == .healthy ? (at % 2 == 0 ? "even" : "odd") : "other"
            // Of states too short to be seen, the first of those at one place.
            let place = Int(start * Double(Self.places) / 100)
            defer { last = place }
            if place == last, end - start < 0.1 { return "" }
            let width = max(end - start, 0.1)
            return "<rect class=\"bar \(style)\" x=\"\(text(start))\" width=\"\(text(width))\" y=\"40\" height=\"16\"/>"
        }.joined()
    }

    private var ticks: String {
        var taken: Set<Int> = []
        var out = ""
        for capture in entries.flatMap(\.state.captures) {
            let share = share(capture.capturedAt)
            guard taken.insert(Int(share * Double(Self.places) / 100)).inserted else { continue }
            out += "<line class=\"tick\" x1=\"\(text(share))\" x2=\"\(text(share))\" y1=\"60\" y2=\"70\"/>"
        }
        return out
    }

    private var marks: String {
        var out = ""
        // What matters most is drawn last, on top.
        for kind in Mark.allCases.reversed() {
            var taken: Set<Int> = []
            for entry in entries where mark(entry) == kind {
                let share = share(entry.state.first.capturedAt)
                guard taken.insert(Int(share * Double(Self.places) / 100)).inserted else { continue }
                let place = text(share)
                let title = "@\(entry.state.number), \(TimeText(entry.state.first.capturedAt).text): \(kind.text)"
                out += """
                    <svg x="\(place)" y="48" class="mark \(kind.rawValue)" overflow="visible"><g><title>\(HTMLText.escaped(title))</title>\
                    \(kind.shape)</g></svg>
                    """
            }
        }
        return out
    }

    /// The days at either end, and round moments between.
    private var axis: String {
        let ends = [(first, "start"), (last, "end")].compactMap { time, anchor in
            Timestamp(milliseconds: time).map { label($0, anchor) }
        }
        return "<line class=\"axis\" x1=\"2%\" x2=\"98%\" y1=\"76\" y2=\"76\"/>" + ends.joined() + between.joined()
    }

    private var between: [String] {
        let day: Int64 = 86_400_000
        let steps: [Int64] = [1, 2, 7, 14, 30, 91, 182, 365, 730, 1825].map { $0 * day }
        guard let step = steps.first(where: { (last - first) / $0 <= 5 }), last - first > 2 * day else { return [] }
        var out: [String] = []
        var at = (first / step + 1) * step
        let ends = Set([first, last].compactMap { Timestamp(milliseconds: $0)?.day })
        while at < last {
            // Away from the labels at the ends.
            let place = Double(at - first) / Double(last - first)
            if place > 0.18, place < 0.82, let time = Timestamp(milliseconds: at), !ends.contains(time.day) {
                out.append(label(time, "middle"))
            }
            at += step
        }
        return out
    }

    private func label(_ time: Timestamp, _ anchor: String) -> String {
        let place = text(share(time))
        return """
            <line class="axis" x1="\(place)" x2="\(place)" y1="73" y2="80"/>\
            <text class="date\(anchor == "middle" ? " between" : "")" x="\(place)" y="98" text-anchor="\(anchor)">\(TimeText(time).day)</text>
            """
    }
}
