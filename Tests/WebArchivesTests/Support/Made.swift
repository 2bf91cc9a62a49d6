import Foundation
import Models
import WebArchives

/// Web archives made for tests, byte by byte.
enum Made {
    static func bytes(_ text: String) -> [UInt8] { Array(text.utf8) }

    /// A WARC record with its own end.
    static func record(
        type: String = "response", url: String? = "https://news.example/story",
        date: String? = "2026-03-02T06:40:00Z",
        id: String? = "<urn:uuid:00000000-0000-4000-8000-000000000001>", version: String = "WARC/1.1",
        contentType: String? = "application/http; msgtype=response", more: String = "", length: Int? = nil,
        _ block: [UInt8]
    ) -> [UInt8] {
        var header = "\(version)\r\nWARC-Type: \(type)\r\n"
        if let url { header += "WARC-Target-URI: \(url)\r\n" }
        if let date { header += "WARC-Date: \(date)\r\n" }
        if let id { header += "WARC-Record-ID: \(id)\r\n" }
        if let contentType { header += "Content-Type: \(contentType)\r\n" }
        return bytes(header + more + "Content-Length: \(length ?? block.count)\r\n\r\n") + block + bytes("\r\n\r\n")
    }

    static func http(
        _ body: [UInt8], status: String = "200 OK", type: String? = "text/html; charset=utf-8", more: String = ""
    ) -> [UInt8] {
        bytes("HTTP/1.1 \(status)\r\n" + (type.map { "Content-Type: \($0)\r\n" } ?? "") + more + "\r\n") + body
    }

    static let page = bytes(
        """
        <!DOCTYPE html><html><head><title>Bridge closed</title></head><body><article><h1>Bridge closed</h1>
        <p>The bridge over the river was closed on Monday after inspectors found cracks in two of its pillars.</p>
        <p>It will stay closed for at least three weeks, the city said, and buses will take another way.</p></article></body></html>
        """)

    // MARK: Packing, without a library

    /// One gzip member with stored blocks.
    static func gzip(_ data: [UInt8]) -> [UInt8] {
        var out: [UInt8] = [0x1F, 0x8B, 8, 0, 0, 0, 0, 0, 0, 255]
        let parts = stride(from: 0, to: max(data.count, 1), by: 65_535).map {
            Array(data[$0..<min($0 + 65_535, data.count)])
        }
        for (index, part) in parts.enumerated() {
            out += [index == parts.count - 1 ? 1 : 0]
            out += little(part.count, 2) + little(~part.count & 0xFFFF, 2) + part
        }
        return out + little(Int(crc32(data)), 4) + little(data.count, 4)
    }

    /// One zstd frame with a raw block.
    static func zstd(_ data: [UInt8]) -> [UInt8] {
        [0x28, 0xB5, 0x2F, 0xFD, 0x00, 0x58] + little(data.count << 3 | 1, 3) + data
    }

    /// A ZIP file with stored members.
    static func zip(_ members: [(name: String, data: [UInt8])]) -> [UInt8] {
        var out: [UInt8] = []
        var directory: [UInt8] = []
        for (name, data) in members {
            var common: [UInt8] = [20, 0, 0, 0, 0, 0, 0, 0, 0, 0]
            common += little(Int(crc32(data)), 4)
            common += little(data.count, 4)
            common += little(data.count, 4)
            common += little(name.utf8.count, 2)
            common += little(0, 2)
            directory += [0x50, 0x4B, 1, 2, 20, 0]
            directory += common
            directory += little(0, 10)
            directory += little(out.count, 4)
            directory += bytes(name)
            out += [0x50, 0x4B, 3, 4]
            out += common
            out += bytes(name)
            out += data
        }
        let place = out.count
        out += directory
        out += [0x50, 0x4B, 5, 6, 0, 0, 0, 0]
        out += little(members.count, 2)
        out += little(members.count, 2)
        out += little(directory.count, 4)
        out += little(place, 4)
        return out + little(0, 2)
    }

    static func little(_ value: Int, _ count: Int) -> [UInt8] {
        (0..<count).map { UInt8(truncatingIfNeeded: value >> ($0 * 8)) }
    }

    static func crc32(_ data: [UInt8]) -> UInt32 {
        var crc = ~UInt32(0)
        for byte in data {
            crc ^= UInt32(byte)
            for _ in 0..<8 {
                let isOdd: Bool = crc & 1 == 1
                crc >>= 1
                if isOdd { crc ^= 0xEDB8_8320 }
            }
        }
        return ~crc
    }

    // MARK: Reading

    /// Everything that a reader makes of a file with these bytes.
    static func events(_ bytes: [UInt8], name: String = "x.warc") throws -> [RecordEvent] {
        let reader = try RecordReader(file: try InputFile(holding: bytes), name: name)
        var events: [RecordEvent] = []
        while let event = try reader.next() {
            events.append(event)
            if events.count > 10_000 { throw TooMany() }
        }
        return events
    }

    struct TooMany: Error {}

    static func records(_ bytes: [UInt8], name: String = "x.warc") throws -> [RawRecord] {
        try events(bytes, name: name).compactMap { if case .record(let record) = $0 { record } else { nil } }
    }

    static func damage(_ bytes: [UInt8], name: String = "x.warc") throws -> [DamagedRecord] {
        try events(bytes, name: name).compactMap { if case .damaged(let record) = $0 { record } else { nil } }
    }

    /// The one response in a file.
    static func response(_ bytes: [UInt8]) throws -> ArchivedResponse? {
        for record in try records(bytes) {
            if case .response(let response) = RecordMeaning(record) { return response }
        }
        return nil
    }
}
