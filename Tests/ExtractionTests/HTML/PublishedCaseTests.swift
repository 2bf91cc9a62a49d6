import Extraction
import Testing

@Suite(
    "The cases browsers share", .enabled(if: !PublishedCases.files.isEmpty, "golang-golang-x-net-dev is not installed"))
struct PublishedCaseTests {
    /// Cases by file and number whose trees the standard has since changed; the parser follows the standard of 2026.
    static let outdated: [String: Set<Int>] = [
        // In a fragment of SVG or MathML too, start tags of HTML end foreign content (changed in 2020).
        "foreign-fragment.dat": [1, 2, 39, 41, 48, 49],
        // A select holds what it is given, not options alone (customizable select, 2025).
        "menuitem-element.dat": [14],
        "tests1.dat": [30, 102],
        "tests10.dat": [4, 5, 17, 18],
        "tests18.dat": [14, 15],
        "tests7.dat": [31],
        "tests9.dat": [5, 6, 18, 19],
        "tests_innerHTML_1.dat": [81, 82],
        "webkit02.dat": [18],
    ]

    @Test("every case gives the tree it should", arguments: PublishedCases.files.map(\.name))
    func file(_ name: String) throws {
        let file = try #require(PublishedCases.files.first { $0.name == name })
        try #require(!file.cases.isEmpty)
        let outdated = Self.outdated[name] ?? []
        for example in file.cases where !example.needsScripting {
            if outdated.contains(example.number) {
                #expect(example.result != example.tree, "\(name) \(example.number) is no longer outdated")
            } else {
                #expect(example.result == example.tree, "\(name) \(example.number): \(example.source)")
            }
        }
    }

    @Test("no more than 23 of some 1,700 cases are outdated")
    func count() {
        let cases = PublishedCases.files.flatMap(\.cases).filter { !$0.needsScripting }
        #expect(cases.count >= 1_700)
        #expect(Self.outdated.values.map(\.count).reduce(0, +) == 23)
    }
}
