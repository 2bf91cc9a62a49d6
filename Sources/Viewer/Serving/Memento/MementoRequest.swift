package import Models

/// What clients of Memento (RFC 7089), and those of wayback machines, ask for.
package enum MementoRequest: Hashable, Sendable {
    /// The capture nearest to a time that the request states in a header.
    case timeGate(OriginalAddress, Manner)
    /// A list of captures.
    case timeMap(OriginalAddress, TimeMapFormat, from: MementoStamp?)
    /// The capture that an address names.
    case memento(MementoStamp, OriginalAddress, Manner)
    /// All captures, for people.
    case calendar(OriginalAddress)

    /// How addresses look to which this one leads.
    package enum Manner: Hashable, Sendable {
        /// `/memento/STAMP/URL`
        case own
        /// `/web/STAMPxx_/URL`: what stands behind the stamp, mostly `id_` (the page unchanged, which is what there is in any case).
        case wayback(String)
    }

    /// Nil for what is none of them.
    ///
    /// - Parameter target: of the request, exactly as sent.
    package init?(target: String) {
        var rest = Rest(target)
        guard rest.skip("/"), let place = rest.segment() else { return nil }
        switch place {
        case "timegate":
            guard let address = OriginalAddress(rest.text) else { return nil }
            self = .timeGate(address, .own)
        case "timemap": self.init(timeMap: &rest)
        case "memento":
            guard let stamp = rest.segment().flatMap({ MementoStamp($0) }), let address = OriginalAddress(rest.text)
            else { return nil }
            self = .memento(stamp, address, .own)
        case "web": self.init(wayback: &rest)
        default: return nil
        }
    }

    private init?(timeMap rest: inout Rest) {
        guard let format = rest.segment().flatMap({ TimeMapFormat(rawValue: $0) }) else { return nil }
        var start: MementoStamp?
        var ahead = rest
        if let stamp = ahead.segment().flatMap({ MementoStamp($0) }), OriginalAddress(ahead.text) != nil {
            start = stamp
            rest = ahead
        }
        guard let address = OriginalAddress(rest.text) else { return nil }
        self = .timeMap(address, format, from: start)
    }

    private init?(wayback rest: inout Rest) {
        var ahead = rest
        switch ahead.segment() {
        case "timemap": self.init(timeMap: &ahead)
        case "*":
            guard let address = OriginalAddress(ahead.text) else { return nil }
            self = .calendar(address)
        case let first?:
            let digits = first.prefix { ("0"..."9").contains($0) }
            let modifier = first.dropFirst(digits.count)
            let isModifier = modifier.isEmpty || modifier.utf8.count == 3 && modifier.hasSuffix("_")
            if isModifier, let stamp = MementoStamp(String(digits)), let address = OriginalAddress(ahead.text) {
                self = .memento(stamp, address, .wayback(modifier.allSatisfy(\.isASCII) ? String(modifier) : ""))
            } else if let address = OriginalAddress(rest.text) {
                self = .timeGate(address, .wayback(""))
            } else {
                return nil
            }
        case nil:
            guard let address = OriginalAddress(rest.text) else { return nil }
            self = .timeGate(address, .wayback(""))
        }
    }

    /// What was not read yet of a target.
    private struct Rest {
        private(set) var text: Substring

        init(_ target: String) { text = target[...] }

        mutating func skip(_ scalar: Unicode.Scalar) -> Bool {
            guard text.utf8.first == UInt8(ascii: scalar) else { return false }
            text = Substring(text.utf8.dropFirst())
            return true
        }

        /// Up to the next slash, which goes, too; nil where there is none.
        mutating func segment() -> String? {
            guard let slash = text.utf8.firstIndex(of: UInt8(ascii: "/")) else { return nil }
            let segment = String(text[..<slash])
            text = text[text.utf8.index(after: slash)...]
            return segment
        }
    }
}

package enum TimeMapFormat: String, Hashable, Sendable { case link, json }

/// What names a capture of a page in an address: its second, and where it shares that with earlier ones, its own name: `20260302064000-ORIGIN:INDEX`.
package struct MementoStamp: Hashable, Sendable, CustomStringConvertible {
    package let time: Timestamp
    package let name: CaptureName?
    /// Whether the time is stated to the second.
    package let isExact: Bool

    package init(_ time: Timestamp, _ name: CaptureName?) {
        self.time = time
        self.name = name
        isExact = true
    }

    package init?(_ text: String) {
        let parts = text.split(separator: "-", maxSplits: 1, omittingEmptySubsequences: false)
        guard let time = StampText.parse(parts[0]) else { return nil }
        self.time = time
        isExact = parts[0].utf8.count == 14
        guard parts.count == 2 else {
            name = nil
            return
        }
        guard let name = CaptureName(PercentText.decoded(Array(parts[1].utf8))) else { return nil }
        self.name = name
    }

    package var description: String { StampText.text(time) + (name.map { "-\($0)" } ?? "") }
}
