import Testing
import WebArchives

@Suite("The head of a response")
struct ResponseHeadTests {
    @Test(
        "is read as servers send it",
        arguments: [
            ("HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n", 200, "text/html"),
            ("HTTP/1.0 404\nContent-type:text/html\n\n", 404, "text/html"),
            ("HTTP/2 301 \r\ncontent-type:\t text/html \r\n", 301, "text/html"),
            (
                "HTTP/1.1 200 OK\r\nX: 1\r\nno colon\r\nContent-Type: text/html;\r\n charset=x\r\n\r\n", 200,
                "text/html; charset=x"
            ),
            ("HTTP/1.1 200 OK\r\nX: 1\r\n\r\nContent-Type: body", 200, nil),
        ] as [(String, Int, String?)])
    func lenient(text: String, status: Int, mediaType: String?) throws {
        let head = try #require(ResponseHead(parsing: Array(text.utf8)))
        #expect(head.status == status)
        #expect(head["content-TYPE"] == mediaType)
    }

    @Test("keeps fields of one name in order, and bytes that are no UTF-8 readable")
    func repeated() throws {
        let bytes = Array("HTTP/1.1 200 OK\r\nSet-Cookie: a\r\nSet-Cookie: b\r\nX: caf".utf8) + [0xE9, 0x0D, 0x0A]
        let head = try #require(ResponseHead(parsing: bytes))
        #expect(head.values(of: "set-cookie") == ["a", "b"])
        #expect(head["x"] == "caf\u{E9}")
    }

    @Test(
        "is none without a status line",
        arguments: ["", "\r\n", "GET / HTTP/1.1\r\n", "HTTP/1.1 OK\r\n", "HTTP/1.1 099 x"])
    func none(text: String) { #expect(ResponseHead(parsing: Array(text.utf8)) == nil) }
}
