/// The bytes that files of well-known formats begin with.
struct FileSignature: Sendable {
    private var mediaType: String
    private var bytes: [UInt8]
    private var offset: Int
    /// What stands at the very start, when the bytes stand further on.
    private var start: [UInt8]

    private init(_ mediaType: String, _ bytes: [UInt8], at offset: Int = 0, after start: String = "") {
        self.mediaType = mediaType
        self.bytes = bytes
        self.offset = offset
        self.start = Array(start.utf8)
    }

    private init(_ mediaType: String, _ text: String, at offset: Int = 0) {
        self.init(mediaType, Array(text.utf8), at: offset)
    }

    /// The media type of the format whose signature a payload begins with.
    static func mediaType(of buffer: UnsafeRawBufferPointer) -> String? {
        if buffer.starts(with: Array("RIFF".utf8)) { return riffMediaType(of: buffer) }
        if matches(Array("ftyp".utf8), in: buffer, at: 4) { return isoMediaType(of: buffer) }
        guard let signature = all.first(where: { $0.matches(buffer) }) else { return nil }
        return signature.mediaType == "application/zip" ? zipMediaType(of: buffer) : signature.mediaType
    }

    private func matches(_ buffer: UnsafeRawBufferPointer) -> Bool {
        Self.matches(bytes, in: buffer, at: offset) && buffer.starts(with: start)
    }

    private static func matches(_ bytes: [UInt8], in buffer: UnsafeRawBufferPointer, at offset: Int) -> Bool {
        buffer.count >= offset + bytes.count && buffer[offset...].starts(with: bytes)
    }

    private static func text(of buffer: UnsafeRawBufferPointer, at offset: Int, count: Int) -> String {
        String(decoding: buffer.dropFirst(offset).prefix(count), as: UTF8.self)
    }

    private static func riffMediaType(of buffer: UnsafeRawBufferPointer) -> String? {
        switch text(of: buffer, at: 8, count: 4) {
        case "WEBP": "image/webp"
        case "WAVE": "audio/wav"
        case "AVI ": "video/x-msvideo"
        default: nil
        }
    }

    /// The ISO base media formats say in a brand which of them they are.
    private static func isoMediaType(of buffer: UnsafeRawBufferPointer) -> String? {
        switch text(of: buffer, at: 8, count: 4) {
        case "avif", "avis": "image/avif"
        case "heic", "heix", "mif1", "msf1": "image/heic"
        case "qt  ": "video/quicktime"
        case "M4A ", "M4B ": "audio/mp4"
        default: "video/mp4"
        }
    }

    /// Many formats are ZIP archives: some name themselves in a first entry "mimetype", Microsoft's have folders of theirs.
    private static func zipMediaType(of buffer: UnsafeRawBufferPointer) -> String {
        if matches(Array("mimetype".utf8), in: buffer, at: 30) {
            // The entry is stored, not compressed, and the next local header follows it: "PK" and a control character.
            let declared = buffer.dropFirst(38).prefix(100).prefix { 0x21...0x7E ~= $0 }
            let mediaType = String(decoding: declared, as: UTF8.self)
            guard mediaType.contains("/") else { return "application/zip" }
            return mediaType.hasSuffix("PK") ? String(mediaType.dropLast(2)) : mediaType
        }
        let start = text(of: buffer, at: 0, count: 4096)
        guard start.contains("[Content_Types].xml") || start.contains("_rels/") else { return "application/zip" }
        let office = "application/vnd.openxmlformats-officedocument"
        if start.contains("word/") { return "\(office).wordprocessingml.document" }
        if start.contains("xl/") { return "\(office).spreadsheetml.sheet" }
        if start.contains("ppt/") { return "\(office).presentationml.presentation" }
        return "application/zip"
    }
}

extension FileSignature {
    private static let all: [FileSignature] = documents + archives + media + programs

    private static let documents = [
        FileSignature("application/pdf", "%PDF-"),
        FileSignature("application/postscript", "%!PS-Adobe-"),
        FileSignature("application/rtf", "{\\rtf"),
        FileSignature("application/x-ole-storage", [0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1]),
        FileSignature("application/vnd.sqlite3", "SQLite format 3\0"),
    ]

    private static let archives = [
        FileSignature("application/zip", [0x50, 0x4B, 0x03, 0x04]),
        FileSignature("application/zip", [0x50, 0x4B, 0x05, 0x06]),
        FileSignature("application/zip", [0x50, 0x4B, 0x07, 0x08]),
        FileSignature("application/gzip", [0x1F, 0x8B]),
        FileSignature("application/zstd", [0x28, 0xB5, 0x2F, 0xFD]),
        FileSignature("application/x-xz", [0xFD, 0x37, 0x7A, 0x58, 0x5A, 0x00]),
        FileSignature("application/x-7z-compressed", [0x37, 0x7A, 0xBC, 0xAF, 0x27, 0x1C]),
        FileSignature("application/x-bzip2", [0x31, 0x41, 0x59, 0x26, 0x53, 0x59], at: 4, after: "BZh"),
        FileSignature("application/vnd.rar", [0x52, 0x61, 0x72, 0x21, 0x1A, 0x07]),
        FileSignature("application/x-lz4", [0x04, 0x22, 0x4D, 0x18]),
        FileSignature("application/x-tar", "ustar", at: 257),
    ]

    private static let media = [
        FileSignature("image/png", [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A]),
        FileSignature("image/jpeg", [0xFF, 0xD8, 0xFF]),
        FileSignature("image/gif", "GIF87a"),
        FileSignature("image/gif", "GIF89a"),
        FileSignature("image/tiff", [0x49, 0x49, 0x2A, 0x00]),
        FileSignature("image/tiff", [0x4D, 0x4D, 0x00, 0x2A]),
        // "BM" alone may begin a text; the file's reserved bytes may not.
        FileSignature("image/bmp", [0x00, 0x00, 0x00, 0x00], at: 6, after: "BM"),
        FileSignature("image/vnd.microsoft.icon", [0x00, 0x00, 0x01, 0x00]),
        FileSignature("image/jxl", [0x00, 0x00, 0x00, 0x0C, 0x4A, 0x58, 0x4C, 0x20, 0x0D, 0x0A, 0x87, 0x0A]),
        FileSignature("video/webm", [0x1A, 0x45, 0xDF, 0xA3]),
        FileSignature("video/x-flv", [0x46, 0x4C, 0x56, 0x01]),
        FileSignature("video/mpeg", [0x00, 0x00, 0x01, 0xBA]),
        FileSignature("application/ogg", [0x4F, 0x67, 0x67, 0x53, 0x00]),
        FileSignature("audio/flac", "fLaC"),
        FileSignature("audio/mpeg", [0x49, 0x44, 0x33, 0x03, 0x00]),
        FileSignature("audio/mpeg", [0x49, 0x44, 0x33, 0x04, 0x00]),
        FileSignature("audio/mpeg", [0xFF, 0xFB]),
        FileSignature("audio/midi", [0x4D, 0x54, 0x68, 0x64, 0x00]),
        FileSignature("font/woff", [0x77, 0x4F, 0x46, 0x46, 0x00]),
        FileSignature("font/woff2", [0x77, 0x4F, 0x46, 0x32, 0x00]),
        FileSignature("font/ttf", [0x00, 0x01, 0x00, 0x00, 0x00]),
        FileSignature("font/otf", [0x4F, 0x54, 0x54, 0x4F, 0x00]),
    ]

    private static let programs = [
        FileSignature("application/x-elf", [0x7F, 0x45, 0x4C, 0x46]),
        FileSignature("application/vnd.microsoft.portable-executable", [0x4D, 0x5A, 0x90, 0x00]),
        FileSignature("application/x-mach-binary", [0xCF, 0xFA, 0xED, 0xFE]),
        FileSignature("application/java-vm", [0xCA, 0xFE, 0xBA, 0xBE]),
        FileSignature("application/wasm", [0x00, 0x61, 0x73, 0x6D]),
    ]
}
