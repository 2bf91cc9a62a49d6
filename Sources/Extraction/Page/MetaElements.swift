/// The `meta` elements of a page by `name`, `property`, `itemprop` or `http-equiv`, in lower case.
struct MetaElements {
    private var values: [String: [String]] = [:]
    private var count = 0

    /// A page may have any number of them.
    private static let most = 1000

    mutating func read(_ node: NodeID, in page: HTMLDocument) {
        guard count < Self.most, let content = page.attribute(node, .content)?.trimmed, !content.isEmpty,
            content.count < 4096
        else { return }
        for attribute in [HTMLName.name, .property, .itemprop, .httpEquiv] {
            guard let name = page.attribute(node, attribute), !name.isEmpty, name.count < 64 else { continue }
            for word in name.string.lowercased().words() {
                values[String(word), default: []].append(content.string)
                count += 1
            }
        }
    }

    subscript(name: String) -> String? { values[name]?.first }

    func all(_ name: String) -> [String] { values[name] ?? [] }

    func all(_ names: [String]) -> [[String]] { names.compactMap { values[$0] } }

    func first(_ names: [String]) -> String? { names.lazy.compactMap { values[$0]?.first }.first }

    /// "Written by" and the name beside it, in the pairs that a widely used plugin writes for previews.
    var labelled: [String] {
        for place in 1...3 {
            guard let label = self["twitter:label\(place)"], let data = self["twitter:data\(place)"] else { continue }
            if Self.authorLabels.contains(PageText.key(label)) { return [data] }
        }
        return []
    }

    private static let authorLabels: Set<String> = [
        "written by", "author", "by", "verfasst von", "geschrieben von", "autor", "ecrit par", "redige par", "auteur",
        "escrito por", "por", "scritto da", "autore", "geschreven door", "door", "auteur", "skriven av", "skrevet av",
        "skrevet af", "kirjoittaja", "napisane przez", "autor wpisu", "napsal a", "autor clanku", "yazan", "yazar",
        "написано автором", "автор", "ditulis oleh", "penulis", "duoc viet boi", "tac gia", "執筆者", "作者", "글쓴이",
        "كتب بواسطة",
        "נכתב על ידי", "συνταχθηκε απο", "szerzo", "scris de",
    ]
}
