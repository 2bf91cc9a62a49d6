internal import Models

/// The forms of web archives that are read.
package enum WebArchiveForm: String, Hashable, Sendable {
    case warc, arc, wacz, mhtml

    /// By its first bytes, and, where they are damaged, by its name. Nil for what is none.
    ///
    /// - Parameter beginning: the first 8 KiB, or all there is.
    package static func recognise(name: String, beginning: [UInt8]) -> WebArchiveForm? {
        let lower = name.lowercased()
        if beginning.starts(with: [0x50, 0x4B, 3, 4]) || beginning.starts(with: [0x50, 0x4B, 5, 6]) {
            return lower.hasSuffix(".wacz") || WACZBeginning.isPackage(beginning) ? .wacz : nil
        }
        if let form = record(beginning) { return form }
        if let packing = Packing(beginning), let form = record(Unpacking.beginning(of: beginning, packing)) {
            return form
        }
        if MHTMLPage.isPage(beginning) { return .mhtml }
        let names: [(String, WebArchiveForm)] = [
            (".warc", .warc), (".warc.gz", .warc), (".warc.zst", .warc), (".arc", .arc), (".arc.gz", .arc),
            (".wacz", .wacz),
        ]
        if let form = names.first(where: { lower.hasSuffix($0.0) })?.1 { return form }
        // Packed in a way that is not read here: said to be so, rather than kept as something unknown.
        return ["lz4", "bz2", "xz", "br"].contains { lower.hasSuffix(".warc.\($0)") } ? .warc : nil
    }

    /// Of unpacked bytes.
    private static func record(_ bytes: [UInt8]) -> WebArchiveForm? {
        let start = bytes.drop { $0 == 0x0A || $0 == 0x0D }.prefix(64)
        if start.count >= 6, start.starts(with: "WARC/".utf8), (48...57).contains(start[start.startIndex + 5]) {
            return .warc
        }
        return start.starts(with: "filedesc:".utf8) ? .arc : nil
    }
}

/// The beginning of a ZIP file shows the name of its first members.
private enum WACZBeginning {
    static func isPackage(_ bytes: [UInt8]) -> Bool {
        guard bytes.count > 46 else { return false }
        let nameLength = Int(bytes[26]) | Int(bytes[27]) << 8
        let name = String(decoding: bytes[30..<min(bytes.count, 30 + nameLength)], as: UTF8.self)
        return name == "datapackage.json" || name == "datapackage-digest.json" || name == "indexes/index.cdx.gz"
            || name == "pages/pages.jsonl" || (name.hasPrefix("archive/") && name.contains(".warc"))
    }
}

extension Packing {
    /// By the first bytes; nil for what is not packed.
    init?(_ beginning: [UInt8]) {
        if beginning.starts(with: [0x1F, 0x8B, 8]) {
            self = .gzip
        } else if beginning.starts(with: [0x28, 0xB5, 0x2F, 0xFD]) {
            self = .zstd
        } else if beginning.count > 8, beginning[0] & 0xF0 == 0x50, beginning[1...].starts(with: [0x2A, 0x4D, 0x18]) {
            self = .zstd
        } else {
            return nil
        }
    }
}

/// Unpacks a little of something.
enum Unpacking {
    static func beginning(of packed: [UInt8], _ packing: Packing) -> [UInt8] {
        let decoder: any StreamDecoder
        switch packing {
        case .plain: return packed
        case .gzip: decoder = Inflater(.gzip)
        case .zstd:
            let frames = ZstdDecoder()
            // With a dictionary, only what begins with one is recognised: as what it can only be.
            if packed.starts(with: ZstdDictionary.magic) { return Array("WARC/1.1\n".utf8) }
            decoder = frames
        }
        var out = [UInt8](repeating: 0, count: 512)
        let count = packed.withUnsafeBytes { input in
            out.withUnsafeMutableBytes { decoder.step(input, into: $0).produced }
        }
        return Array(out[..<count])
    }
}

/// The dictionary of a `.warc.zst` file: a skippable frame at its beginning holds it, perhaps compressed itself (IIPC, "Zstandard WARC").
enum ZstdDictionary {
    static let magic: [UInt8] = [0x5D, 0x2A, 0x4D, 0x18]
    private static let largest = 64 << 20

    static func read(_ file: InputFile, from start: Int, to end: Int) throws(WebArchiveError) -> [UInt8]? {
        let head = try file.read(min(8, end - start), at: start)
        guard head.count == 8, head.starts(with: magic) else { return nil }
        let size = head[4...].reversed().reduce(0) { $0 << 8 | Int($1) }
        guard size <= largest else { throw .tooLarge("its zstd dictionary is larger than any that is read") }
        guard size <= end - start - 8 else { throw .damaged("it ends within its zstd dictionary") }
        let bytes = try file.read(size, at: start + 8)
        guard bytes.starts(with: [0x28, 0xB5, 0x2F, 0xFD]) else { return bytes }
        let (dictionary, ending) = ContentCoding.decode(bytes, with: ZstdDecoder(), limit: largest)
        guard ending == .whole else { throw .damaged("its zstd dictionary cannot be unpacked") }
        return dictionary
    }
}

extension RecordReader {
    /// Reads the records of a WARC or ARC file, packed or not, whatever its name says.
    ///
    /// - Throws: when it cannot be opened, or has a dictionary that cannot be used.
    package convenience init(file: InputFile, name: String) throws(WebArchiveError) {
        let beginning = try file.read(min(file.size, 64), at: 0)
        let packing = Packing(beginning) ?? Self.packing(named: name, beginning)
        let dictionary = packing == .zstd ? try ZstdDictionary.read(file, from: 0, to: file.size) : nil
        self.init(
            try UnpackedStream(ByteInput(file, 0..<file.size), packing, dictionary: dictionary), member: nil)
    }

    /// Reads the records of a WARC file in a package.
    package convenience init(_ package: WACZPackage, _ member: ZIPDirectory.Member) throws(WebArchiveError) {
        let probe = try package.directory.input(member)
        let room = UnsafeMutableRawBufferPointer.allocate(byteCount: 64, alignment: 16)
        defer { room.deallocate() }
        let beginning = Array(room[..<(try probe.read(into: room))])
        let packing = Packing(beginning) ?? Self.packing(named: member.name, beginning)
        if packing == .zstd, beginning.starts(with: ZstdDictionary.magic) {
            throw .damaged("a WARC file with a zstd dictionary in a package is not read")
        }
        self.init(try UnpackedStream(package.directory.input(member), packing), member: member.name)
    }

    /// Of a file whose first bytes are damaged.
    private static func packing(named name: String, _ beginning: [UInt8]) -> Packing {
        let start = beginning.drop { $0 == 0x0A || $0 == 0x0D }
        if start.starts(with: "WARC/".utf8) || start.starts(with: "filedesc:".utf8) { return .plain }
        let lower = name.lowercased()
        return lower.hasSuffix(".gz") ? .gzip : lower.hasSuffix(".zst") ? .zstd : .plain
    }
}
