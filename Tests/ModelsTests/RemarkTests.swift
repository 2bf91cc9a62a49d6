import Models
import Testing

@Suite("Custody, notes and withdrawals")
struct RemarkTests {
    private struct OtherDetails: Decodable {
        struct Row: Decodable {
            let name: String
            let text: String
            let id: String
        }
        struct List: Decodable {
            let text: String
            let id: String
        }
        let details: [Row]
        let packingList: List
    }

    private static func details() throws -> [String: Detail] {
        let vectors = try Vectors.value("other-details.json", as: OtherDetails.self)
        try #require(vectors.details.count == 12)
        var details: [String: Detail] = [:]
        for row in vectors.details {
            let detail = try Detail(parsing: Array(row.text.utf8))
            #expect(detail.bytes == Array(row.text.utf8) && detail.id.description == row.id, "\(row.name)")
            details[row.name] = detail
        }
        return details
    }

    @Test("details made elsewhere read back, as what they say")
    func vectors() throws {
        let details = try Self.details()
        guard case .custody(let taking) = details["an import"],
            case .taking(let log, let first, let place) = taking.action,
            case .custody(let restore) = details["a restore that says from where"],
            case .restore(_, let from) = restore.action,
            case .custody(let repair) = details["a repair from elsewhere"],
            case .repair(let objects, let lines, let places) = repair.action,
            case .note(let note) = details["a note"], case .withdrawal(let gone) = details["a withdrawal"],
            case .adopted(let adopted) = details["an adopted capture"],
            case .adopted(let bare) = details["an adopted line without its detail"]
        else {
            Issue.record("a detail of another kind")
            return
        }
        #expect(adopted.capture?.url == "https://post.example/\u{628}" && adopted.line.index == 9)
        #expect(bare.capture == nil && bare.line == adopted.line)
        #expect(first == 7 && log.size == 12 && place.description == "https://news.example.org/remote")
        #expect(from?.description == "stick" && taking.verb == "import" && taking.log == restore.log)
        #expect(objects == 3 && lines == 2 && places.map(\.description) == ["stick", "s3://bucket/press"])
        #expect(repair.log == nil && note.tags.map(\.description).sorted() == ["disputed", "\u{e9}"])
        #expect(note.untags.map(\.description) == ["checked"] && note.target == gone.target)
        #expect(gone.reason == "It names a source." && gone.target.index == 2)
    }

    @Test("a packing list says which of its lines come without their details")
    func withheld() throws {
        let vector = try Vectors.value("other-details.json", as: OtherDetails.self).packingList
        let list = try PackingList(parsing: Array(vector.text.utf8))
        #expect(list.withheld == [3, 5] && list.encoded == Array(vector.text.utf8))
        #expect(ObjectID(hashing: list.encoded).description == vector.id)
    }

    @Test(
        "a place never tells about the machine",
        arguments: [
            ("/media/desk/STICK/press/", "press"), ("/", "root"), ("..", "root"), ("press", "press"),
            ("./a/../b/.", "b"), ("/home/user@host/my archive", "my archive"),
        ])
    func paths(path: String, name: String) { #expect(CustodyPlace(path: path).description == name) }

    @Test(
        "an address loses its user, query and fragment",
        arguments: [
            ("https://desk:secret@example.org/remote?token=1#x", "https://example.org/remote"),
            ("s3://bucket/press", "s3://bucket/press"), ("sftp://a@b@example.org/p", "sftp://example.org/p"),
            ("file:///home/user/press", "unnamed"), ("https://", "unnamed"),
        ])
    func addresses(url: String, name: String) { #expect(CustodyPlace(url: url).description == name) }

    @Test(
        "what is no tag is refused",
        arguments: ["", "a b", "a\n", "\u{7}", "a\u{202E}b", "\u{A0}", "\u{3000}", String(repeating: "é", count: 51)])
    func noTags(text: String) { #expect(NoteTag(text) == nil) }

    @Test(
        "tags are words of any script, told apart by their bytes",
        arguments: ["disputed", "خبر", "می\u{200C}خواهم", "a/b:c", "👩‍💻", String(repeating: "é", count: 50)])
    func tags(text: String) { #expect(NoteTag(text)?.description == text) }

    @Test("two spellings of a letter are two tags")
    func spellings() throws {
        let tags = Set([try #require(NoteTag("e\u{301}")), try #require(NoteTag("\u{e9}"))])
        #expect(tags.count == 2)
    }
}
