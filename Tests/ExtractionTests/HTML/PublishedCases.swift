import Extraction
import Foundation

/// The tree-construction cases that browsers share (html5lib, WebKit), as Debian packages them in golang-golang-x-net-dev. They
/// are not ours to keep here; another folder of such files can be named in `HTML5LIB_TREE_CONSTRUCTION`.
enum PublishedCases {
    struct File: Sendable {
        let name: String
        let cases: [Case]
    }

    struct Case: Sendable {
        /// Counted from 1 in the file.
        let number: Int
        let source: String
        /// `div`, or `svg path`, of a fragment.
        let context: String?
        let tree: String
        let needsScripting: Bool
    }

    static let folder =
        ProcessInfo.processInfo.environment["HTML5LIB_TREE_CONSTRUCTION"]
        ?? "/usr/share/gocode/src/golang.org/x/net/html/testdata/webkit"

    static let files: [File] = {
        let names = (try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []
        return names.filter { $0.hasSuffix(".dat") }.sorted().compactMap { name in
            guard let data = FileManager.default.contents(atPath: folder + "/" + name) else { return nil }
            return File(name: name, cases: cases(in: String(decoding: data, as: UTF8.self)))
        }
    }()

    /// A case is a `#data` section and those that follow it; a line `#data` within data does not begin one.
    private static func cases(in text: String) -> [Case] {
        var cases: [Case] = []
        var sections: [Substring: [Substring]] = [:]
        var section: Substring?
        func finish() {
            guard sections["#data"] != nil else { return }
            cases.append(published(number: cases.count + 1, sections))
            sections = [:]
        }
        let others: Set<Substring> = [
            "#errors", "#new-errors", "#document-fragment", "#document", "#script-on", "#script-off",
        ]
        for line in text.split(separator: "\n", omittingEmptySubsequences: false) {
            if line == "#data", section == nil || section == "#document" {
                finish()
                section = line
                sections["#data"] = []
            } else if section != nil, others.contains(line) {
                section = line
                sections[line] = []
            } else if let section {
                sections[section, default: []].append(line)
            }
        }
        finish()
        return cases
    }

    private static func published(number: Int, _ sections: [Substring: [Substring]]) -> Case {
        var tree = (sections["#document"] ?? []).joined(separator: "\n")
        while tree.hasSuffix("\n") { tree.removeLast() }
        return Case(
            number: number, source: (sections["#data"] ?? []).joined(separator: "\n"),
            context: sections["#document-fragment"]?.first.map(String.init), tree: tree + "\n",
            needsScripting: sections["#script-on"] != nil)
    }
}

extension PublishedCases.Case {
    /// What the parser makes of it, in the form of `tree`.
    var result: String {
        let bytes = Array(source.utf8)
        guard let context else { return treeDump(HTMLDocument(parsing: bytes)) }
        let words = context.split(separator: " ")
        // Names mean the same in every document if the standard has them, as it has all contexts.
        guard let name = HTMLDocument(parsing: []).name(String(words.last ?? "")) else { return "no such context" }
        let namespace: HTMLNamespace = words.count == 1 ? .html : words[0] == "svg" ? .svg : .mathML
        let document = HTMLDocument(parsingFragment: bytes, in: name, namespace: namespace)
        return treeDump(document, of: document.rootElement)
    }
}
