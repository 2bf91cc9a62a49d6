/// Two texts as a unified diff (POSIX.1-2024 `diff -u`; GNU diffutils, "Detailed Description of Unified Format"), which `patch`
/// applies.
///
/// Lines end at line feeds and nowhere else. A last line without one is told apart from the same line with one, and marked as
/// GNU diff marks it.
public enum UnifiedDiff {
    /// - Parameters:
    ///   - nameBefore: Stands behind `---`; control characters in it are replaced.
    ///   - nameAfter: Stands behind `+++`.
    ///   - context: Lines that stand still shown around each change.
    /// - Returns: The diff with a line feed at its end; empty when the texts are the same to the byte.
    public static func text(
        from before: String, to after: String, nameBefore: String, nameAfter: String, context: Int = 3
    ) -> String {
        let (a, b) = (Lines(before), Lines(after))
        var numbers = ByteStrings()
        let keysA = a.ranges.map { numbers.intern(a.bytes.span.extracting($0)) }
        let keysB = b.ranges.map { numbers.intern(b.bytes.span.extracting($0)) }
        var matches: [Match] = []
        var matcher = SequenceMatcher()
        matcher.match(keysA.span, keysB.span, into: &matches)
        let changes = changes(matches, a.ranges.count, b.ranges.count)
        guard !changes.isEmpty else { return "" }
        var out: [UInt8] = []
        out += Array("--- \(clean(nameBefore))\n+++ \(clean(nameAfter))\n".utf8)
        for group in groups(changes, context: max(0, context)) {
            write(group, a, b, context: max(0, context), to: &out)
        }
        return String(decoding: out, as: UTF8.self)
    }

    /// The same for lines without their line feeds, each of which has one.
    public static func text(
        fromLines before: [String], to after: [String], nameBefore: String, nameAfter: String, context: Int = 3
    ) -> String {
        text(
            from: before.map { $0 + "\n" }.joined(), to: after.map { $0 + "\n" }.joined(), nameBefore: nameBefore,
            nameAfter: nameAfter, context: context)
    }

    /// Lines of both sides that stand in each other's place.
    private struct Change {
        let before: Range<Int>
        let after: Range<Int>
    }

    private struct Lines {
        let bytes: [UInt8]
        /// With the line feed, where there is one.
        let ranges: [Range<Int>]

        init(_ text: String) {
            bytes = Array(text.utf8)
            var ranges: [Range<Int>] = []
            var start = 0
            for at in bytes.indices where bytes[at] == 0x0A {
                ranges.append(start..<at + 1)
                start = at + 1
            }
            if start < bytes.count { ranges.append(start..<bytes.count) }
            self.ranges = ranges
        }
    }

    private static func changes(_ matches: [Match], _ countA: Int, _ countB: Int) -> [Change] {
        var changes: [Change] = []
        var (a, b) = (0, 0)
        func add(_ endA: Int, _ endB: Int) {
            if endA > a || endB > b { changes.append(Change(before: a..<endA, after: b..<endB)) }
            (a, b) = (endA + 1, endB + 1)
        }
        for match in matches { add(Int(match.before), Int(match.after)) }
        add(countA, countB)
        return changes
    }

    /// Changes so close that their contexts meet are shown together.
    private static func groups(_ changes: [Change], context: Int) -> [ArraySlice<Change>] {
        var groups: [ArraySlice<Change>] = []
        var start = 0
        for at in changes.indices.dropFirst()
        where changes[at].before.lowerBound - changes[at - 1].before.upperBound > 2 * context {
            groups.append(changes[start..<at])
            start = at
        }
        groups.append(changes[start...])
        return groups
    }

    private static func write(
        _ group: ArraySlice<Change>, _ a: Lines, _ b: Lines, context: Int, to out: inout [UInt8]
    ) {
        guard let first = group.first, let last = group.last else { return }
        let lead = min(context, first.before.lowerBound)
        let tail = min(context, a.ranges.count - last.before.upperBound)
        let rangeA = first.before.lowerBound - lead..<last.before.upperBound + tail
        let rangeB = first.after.lowerBound - lead..<last.after.upperBound + tail
        out += Array("@@ -\(numbered(rangeA)) +\(numbered(rangeB)) @@\n".utf8)
        var at = rangeA.lowerBound
        for change in group {
            for line in at..<change.before.lowerBound { write(a, line, " ", to: &out) }
            for line in change.before { write(a, line, "-", to: &out) }
            for line in change.after { write(b, line, "+", to: &out) }
            at = change.before.upperBound
        }
        for line in at..<rangeA.upperBound { write(a, line, " ", to: &out) }
    }

    private static func write(_ lines: Lines, _ line: Int, _ mark: Unicode.Scalar, to out: inout [UInt8]) {
        out.append(UInt8(ascii: mark))
        out += lines.bytes[lines.ranges[line]]
        if out.last != 0x0A { out += Array("\n\\ No newline at end of file\n".utf8) }
    }

    /// First line and count; of no lines the line before.
    private static func numbered(_ range: Range<Int>) -> String {
        switch range.count {
        case 0: "\(range.lowerBound),0"
        case 1: "\(range.lowerBound + 1)"
        default: "\(range.lowerBound + 1),\(range.count)"
        }
    }

    private static func clean(_ name: String) -> String {
        String(
            String.UnicodeScalarView(name.unicodeScalars.map { $0.properties.generalCategory == .control ? "_" : $0 }))
    }
}
