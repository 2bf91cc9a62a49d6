import Extraction
import Glibc
import Models
import Testing

@Suite("Texts made to do harm")
struct HostileTextTests {
    /// What is repeated, and what stands before it.
    struct Pattern: Sendable, CustomTestStringConvertible {
        let name: String
        var start = ""
        let unit: String

        var testDescription: String { name }

        func text(_ bytes: Int) -> [UInt8] {
            let unit = Array(unit.utf8)
            var text = Array(start.utf8)
            text.reserveCapacity(bytes + unit.count)
            while text.count < bytes { text += unit }
            return text
        }
    }

    private static let markdown = "# Title\n\n"

    static let patterns: [Pattern] = [
        Pattern(name: "one line of a letter", unit: "x"), Pattern(name: "one line of words", unit: "word "),
        Pattern(name: "empty lines", unit: "\n"), Pattern(name: "carriage returns", unit: "\r"),
        Pattern(name: "NUL", unit: "\0"),
        Pattern(name: "spaces", unit: " "), Pattern(name: "no-break spaces", unit: "\u{A0}"),
        Pattern(name: "soft hyphens", unit: "\u{AD}"),
        Pattern(name: "line separators", unit: "\u{2028}"),
        Pattern(name: "spaces and a letter", start: "x", unit: " \u{A0}\t"),
        Pattern(name: "hashes", unit: "#"), Pattern(name: "headings", unit: "# a\n"),
        Pattern(name: "one heading", start: "# ", unit: "word "),
        Pattern(name: "open brackets", start: markdown, unit: "["),
        Pattern(name: "closed brackets", start: markdown, unit: "]"),
        Pattern(name: "links in links", start: markdown, unit: "[a]("),
        Pattern(name: "brackets and parentheses", start: markdown, unit: "]("),
        Pattern(name: "images", start: markdown, unit: "!["),
        Pattern(name: "references", start: markdown, unit: "[a]["),
        Pattern(name: "empty links", start: markdown, unit: "[]()"),
        Pattern(name: "definitions", start: markdown, unit: "[a]: /b\n"),
        Pattern(name: "quotations", unit: "> "),
        Pattern(name: "lines of quotations", start: markdown, unit: "> > > > a\n"),
        Pattern(name: "stars", start: markdown, unit: "***"),
        Pattern(name: "stars and words", start: markdown, unit: "*a **b "),
        Pattern(name: "underscores", start: markdown, unit: "_a "),
        Pattern(name: "tildes", start: markdown, unit: "~~a "),
        Pattern(name: "backticks", start: markdown, unit: "`"), Pattern(name: "fences", start: markdown, unit: "```\n"),
        Pattern(name: "backslashes", start: markdown, unit: "\\"),
        Pattern(name: "ampersands", start: markdown, unit: "&"),
        Pattern(name: "character references", start: markdown, unit: "&#1;&bogus;"),
        Pattern(name: "open tags", start: markdown, unit: "<"),
        Pattern(name: "tags", start: markdown, unit: "<a "), Pattern(name: "comments", start: markdown, unit: "<!--"),
        Pattern(name: "shortcodes", start: markdown, unit: "{{<"), Pattern(name: "tables", start: markdown, unit: "|"),
        Pattern(name: "rows of a table", start: markdown, unit: "| a | b |\n"),
        Pattern(name: "underlines", start: markdown, unit: "a\n---\n"),
        Pattern(name: "bullets", unit: "- a\n"), Pattern(name: "numbers", unit: "1. a\n"),
        Pattern(name: "digits", unit: "1"),
        Pattern(name: "lines of digits", unit: "12\n"), Pattern(name: "dates", unit: "3 Nov 2016 "),
        Pattern(name: "lines of dates", unit: "3 Nov 2016\n"),
        Pattern(name: "parts of dates", unit: "2016-"),
        Pattern(name: "lines of parts of dates", unit: "Nov 3 2016 12:00 12 Nov 2016 3 4 5 6 Nov\n"),
        Pattern(name: "months", unit: "november "), Pattern(name: "labels", unit: "Published: "),
        Pattern(name: "lines of labels", unit: "Date: Nov 3, 2016\n"),
        Pattern(name: "combining marks", start: "a", unit: "\u{301}"),
        Pattern(name: "Arabic marks", start: "ا", unit: "\u{64B}"),
        Pattern(name: "directional marks", unit: "\u{202E}"),
        Pattern(name: "joined emoji", start: "👩", unit: "\u{200D}👩"),
        Pattern(name: "flags", unit: "🇱🇧"), Pattern(name: "full stops", unit: "."),
        Pattern(name: "quotation marks", unit: "\""),
        Pattern(name: "colons", unit: ":"), Pattern(name: "slashes", unit: "/"),
        Pattern(name: "copyright signs", unit: "© "),
        Pattern(name: "lines of copyright", unit: "Copyright 2024\n"), Pattern(name: "bylines", unit: "By Jane Doe\n"),
        Pattern(name: "names", unit: "By Jane Doe and "), Pattern(name: "share bars", unit: "Share\n"),
        Pattern(name: "related lists", unit: "Related articles\nA title of one\n\n"),
        Pattern(name: "comments of readers", start: "\(PlainFixture.story[0])\n\n", unit: "Comments (3)\nReply\n"),
        Pattern(
            name: "lists in an article", start: "A headline\n\n",
            unit: "\(PlainFixture.story[0])\n\nRelated articles\nA title of one\n\n"),
        Pattern(name: "programmes", start: "\(PlainFixture.story[0])\n\n", unit: "A: the b - C D\n\n"),
        Pattern(name: "captions", unit: "Photo: Jane Doe\n"),
        Pattern(name: "announced captions", unit: "Image caption\n"),
        Pattern(
            name: "titles twice", start: "\(PlainFixture.story[0])\n\n\(PlainFixture.story[1])\n\n",
            unit: "A title of one\n\n"),
        Pattern(name: "sources", start: "\(PlainFixture.story[0])\n\n", unit: "Source: one\n"),
        Pattern(name: "Chinese", unit: "年"),
        Pattern(name: "lines of Chinese", unit: "渡轮折返港口\n"),
        Pattern(name: "front matter", start: "---\n", unit: "a: b\n"),
        Pattern(name: "paragraphs", start: "A headline\n\n", unit: "\(PlainFixture.story[0])\n\n"),
        Pattern(name: "wrapped lines", unit: "the ferry left the harbour at dawn with forty people on board, and\n"),
    ]

    @Test("time grows with the length of the text and no faster", arguments: patterns)
    func linear(_ pattern: Pattern) {
        _ = PlainTextArticle.read(utf8: pattern.text(4096))
        let short = Self.fastest(pattern.text(150_000))
        let long = Self.fastest(pattern.text(600_000))
        // Four times as much; what is quadratic takes sixteen times as long. Below a few milliseconds nothing is told.
        #expect(long < short * 10 || long < 0.01)
    }

    /// The worst that a file is likely to hold.
    static let large = patterns.filter { pattern in
        [
            "one line of a letter", "one line of words", "empty lines", "NUL", "hashes", "headings", "open brackets",
            "brackets and parentheses", "lines of quotations", "stars", "digits", "lines of digits", "lines of dates",
            "lines of parts of dates", "combining marks",
        ].contains(pattern.name)
    }

    @Test(
        "ten megabytes are read, in a bounded number of blocks that have no more text than the text", arguments: large)
    func readLarge(_ pattern: Pattern) {
        let text = pattern.text(10_000_000)
        let revision = PlainTextArticle.read(utf8: text)
        let read = revision.blocks.reduce(revision.headline?.utf8.count ?? 0) { $0 + $1.text.utf8.count }
        #expect(read <= text.count)
        #expect(revision.blocks.count < 40_000)
        #expect(revision.blocks.allSatisfy { !$0.text.isEmpty })
    }

    @Test("each of them is there")
    func complete() { #expect(Self.large.count == 15) }

    @Test("lines beyond those that an article may have are kept, put together")
    func overflow() {
        let lines = (0..<50_000).map { "Line \($0) of the long list" }
        let revision = PlainFixture.read(lines.joined(separator: "\n"))
        let text = ([revision.headline].compactMap(\.self) + revision.blocks.map(\.text)).joined(separator: " ")
        #expect(text == lines.joined(separator: " "))
    }

    @Test("spoiled texts are read the same way twice, into lines that are not empty", arguments: 0..<8 as Range<UInt64>)
    func spoiled(_ seed: UInt64) {
        var chance = FurnitureFixture.Chance(seed: seed)
        let pieces =
            FurnitureFixture.articles.flatMap { Array(FurnitureFixture.page($0, seed: seed).unicodeScalars) }
            + Self.patterns.flatMap { Array(($0.start + $0.unit).unicodeScalars) }
        for _ in 0..<300 {
            var scalars = String.UnicodeScalarView()
            for _ in 0..<1 + chance.below(12) {
                let from = chance.below(pieces.count)
                let piece = pieces[from..<min(pieces.count, from + 1 + chance.below(160))]
                for _ in 0...chance.below(3) { scalars.append(contentsOf: piece) }
            }
            let text = String(scalars)
            let revision = PlainFixture.read(text)
            #expect(revision == PlainFixture.read(text))
            let isLine = revision.blocks.allSatisfy { block in
                !block.text.isEmpty && !block.text.utf8.contains(0x0A) && !block.text.utf8.contains(0x0D)
                    && block.text.utf8.first != 0x20 && block.text.utf8.last != 0x20 && !block.text.contains("  ")
            }
            if !isLine { Issue.record("\(revision.outline) from \(text.debugDescription)") }
        }
    }

    /// Of this thread, so that other tests do not count.
    private static func fastest(_ text: [UInt8]) -> Double {
        (0..<2).map { _ in
            let start = processorSeconds()
            _ = PlainTextArticle.read(utf8: text)
            return processorSeconds() - start
        }.min() ?? 0
    }

    private static func processorSeconds() -> Double {
        var time = timespec()
        clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time)
        return Double(time.tv_sec) + Double(time.tv_nsec) / 1e9
    }
}
