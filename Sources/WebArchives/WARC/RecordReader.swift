/// Reads the records of a WARC or ARC file one after another, in memory that does not grow with the file.
///
/// A record that is not whole is told apart from one that is; after it, reading goes on at the next one that can be found: the next
/// gzip member or zstd frame that begins with a record, or the next line that begins one.
package final class RecordReader {
    let stream: UnpackedStream
    private let member: String?
    private var isARC = false
    private var hasBegun = false
    /// Bytes of a plain file that were read again to look for records within what claimed to be one.
    private var readAgain = 0
    private var isOver = false

    /// Blocks up to this length are held whatever they are.
    static let smallBlock = 2 << 20
    /// Longer blocks are never held.
    static let largestBlock = 33 << 20
    /// What is held of a block that is not held whole.
    static let beginning = 1 << 16
    /// Looking within what is not what it claims may cost this many times the file's length.
    private static let mostReadAgain = 8

    init(_ stream: UnpackedStream, member: String?) {
        self.stream = stream
        self.member = member
    }

    /// The next record, or why there is none where one should be. Nil at the end.
    ///
    /// - Throws: when the file cannot be read at all.
    package func next() throws(WebArchiveError) -> RecordEvent? {
        while !isOver {
            if let damage = try skipToRecord() { return .damaged(damage) }
            if isOver { return nil }
            let place = place
            switch try header() {
            case .failed(let reason):
                try resynchronise(rewindTo: nil)
                return .damaged(DamagedRecord(place: place, header: nil, reason: reason))
            case .brokenStream(let reason):
                try recover()
                return .damaged(DamagedRecord(place: place, header: nil, reason: reason))
            case .header(let header):
                hasBegun = true
                if header.isARC { isARC = true }
                return try record(header, at: place)
            }
        }
        return nil
    }

    /// Where reading has got to.
    package var place: RecordPlace {
        let (offset, inside) = stream.place
        return RecordPlace(member: member, offset: offset, inside: inside)
    }

    // MARK: Finding the beginning

    /// Passes over empty lines and ends of members.
    private func skipToRecord() throws(WebArchiveError) -> DamagedRecord? {
        while true {
            while let first = stream.bytes.first, first == 0x0A || first == 0x0D { stream.consume(1) }
            if stream.count > 0 { return nil }
            let place = place
            switch try stream.more() {
            case .bytes: continue
            case .end:
                isOver = true
                return nil
            case .damaged(let reason):
                try recover()
                return DamagedRecord(place: place, header: nil, reason: reason)
            case .memberEnd:
                switch try stream.nextMember() {
                case .bytes, .memberEnd: continue
                case .end:
                    isOver = true
                    return nil
                case .damaged(let reason):
                    let place = self.place
                    try recover()
                    return DamagedRecord(place: place, header: nil, reason: reason)
                }
            }
        }
    }

    /// Goes to the next member that begins with a record.
    private func recover() throws(WebArchiveError) {
        if try !stream.recover(where: { isStart($0) }) { isOver = true }
    }

    /// Whether a record may begin with these bytes.
    private func isStart(_ bytes: UnsafeRawBufferPointer) -> Bool {
        if Self.isVersion(bytes) { return true }
        guard isARC else { return false }
        let end = HeaderText.lineEnd(bytes, from: 0) ?? bytes.count
        // A line that is not all there is believed to be one: the header is read again with all of it.
        return end == bytes.count ? bytes.contains(UInt8(ascii: ":")) : ARCHeader.parse(bytes[..<end]) != nil
    }

    static func isVersion(_ bytes: UnsafeRawBufferPointer) -> Bool {
        bytes.count >= 6 && bytes[..<5].elementsEqual("WARC/".utf8) && (48...57).contains(bytes[5])
    }

    /// Looks for the next line that begins a record: in the rest of the member, or of a plain file.
    ///
    /// - Parameter offset: in a plain file, where to begin; nil for here.
    private func resynchronise(rewindTo offset: Int?) throws(WebArchiveError) {
        if let offset, stream.canSeek, let length = stream.plainLength, stream.place.offset >= offset {
            let again = stream.place.offset - offset
            if readAgain + again <= (length + 1) * Self.mostReadAgain {
                readAgain += again
                stream.seek(to: offset)
            }
        }
        while true {
            while let end = HeaderText.lineEnd(stream.bytes, from: 0) {
                stream.consume(end + 1)
                while stream.count < ARCHeader.longest,
                    HeaderText.lineEnd(stream.bytes, from: 0) == nil || stream.count < 6,
                    try stream.more() == .bytes
                {}
                if isStart(stream.bytes) { return }
            }
            // Of a line that goes on, nothing is needed.
            stream.consume(stream.count)
            switch try stream.more() {
            case .bytes: continue
            case .end:
                isOver = true
                return
            case .memberEnd: return
            case .damaged: return try recover()
            }
        }
    }

    // MARK: Headers

    private enum HeaderResult {
        case header(RecordHeader)
        case failed(String)
        case brokenStream(String)
    }

    private func header() throws(WebArchiveError) -> HeaderResult {
        while stream.count < 6 {
            switch try stream.more() {
            case .bytes: continue
            case .damaged(let reason): return .brokenStream(reason)
            case .memberEnd, .end: return .failed("\(stream.count) bytes that are no record")
            }
        }
        let isWARC = Self.isVersion(stream.bytes)
        var end: Int?
        var seen = 0
        while true {
            end =
                isWARC
                ? HeaderText.headerEnd(stream.bytes, from: seen)
                : HeaderText.lineEnd(stream.bytes, from: seen).map { $0 + 1 }
            if end != nil { break }
            seen = max(0, stream.count - 3)
            if stream.count > (isWARC ? RecordHeader.largest : ARCHeader.longest) {
                return .failed(isWARC ? "a record header without an end" : "bytes that are no record")
            }
            switch try stream.more() {
            case .bytes: continue
            case .damaged(let reason): return .brokenStream(reason)
            case .memberEnd, .end:
                return .failed(isWARC ? "the file ends within a record's header" : "bytes that are no record")
            }
        }
        guard let end else { return .failed("bytes that are no record") }
        let header =
            isWARC
            ? RecordHeader(parsing: UnsafeRawBufferPointer(rebasing: stream.bytes[..<end]))
            : isARC || !hasBegun ? ARCHeader.parse(stream.bytes[..<(end - 1)]) : nil
        guard let header else { return .failed("bytes that are no record") }
        stream.consume(end)
        return .header(header)
    }

    // MARK: Blocks

    private func record(_ header: RecordHeader, at place: RecordPlace) throws(WebArchiveError) -> RecordEvent {
        func damaged(_ reason: String) -> RecordEvent {
            .damaged(DamagedRecord(place: place, header: header, reason: reason))
        }
        let blockStart = stream.place.offset
        guard let length = header.contentLength else {
            try resynchronise(rewindTo: nil)
            return damaged(
                header["Content-Length"].map { "its length '\($0.prefix(40))' is no number" }
                    ?? "it does not say its length")
        }
        if let whole = stream.plainLength, length > whole - blockStart {
            let there = whole - blockStart
            try resynchronise(rewindTo: blockStart)
            return damaged("it ends early: \(there) of \(length) bytes are left in the file")
        }
        var block = BlockCollector(header, length: length)
        var members = 1
        while block.missing > 0 {
            if stream.count > 0 {
                let part = min(stream.count, block.missing)
                block.add(UnsafeRawBufferPointer(rebasing: stream.bytes[..<part]))
                stream.consume(part)
                continue
            }
            switch try stream.more() {
            case .bytes: continue
            case .end: return damaged("it ends early: \(block.missing) of \(length) bytes are missing")
            case .damaged(let reason):
                try recover()
                return damaged(reason)
            case .memberEnd:
                // A record that is spread over several members is odd, and can be read; the next record in its place cannot.
                guard try continues() else {
                    return damaged("it ends early: \(block.missing) of \(length) bytes are missing")
                }
                members += 1
            }
        }
        return try finish(block, header, place, blockStart: blockStart, members: members)
    }

    /// Begins the next member, if the record goes on in it.
    private func continues() throws(WebArchiveError) -> Bool {
        guard try stream.nextMember() == .bytes else { return false }
        while stream.count < 6, try stream.more() == .bytes {}
        return stream.count > 0 && !isStart(stream.bytes)
    }

    /// What follows a block shows whether its length was right.
    private enum Tail {
        case good
        /// The next record follows, but not after an empty line.
        case short
        case other
        case broken(String)
    }

    private func finish(
        _ block: consuming BlockCollector, _ header: RecordHeader, _ place: RecordPlace, blockStart: Int, members: Int
    ) throws(WebArchiveError) -> RecordEvent {
        var notices: [String] = []
        if members > 1 { notices.append("the record is spread over \(members) \(stream.packing) members") }
        let record = RawRecord(
            place: place, header: header, block: block.held, length: block.length, isWhole: block.isWhole,
            checked: block.checks, notices: notices)
        switch try tail() {
        case .good: return .record(record)
        case .short:
            // The length may have taken in a part of the record's own end.
            guard !block.isConfirmed else { return .record(record) }
            return .record(record.noting("the record does not end with an empty line: its length may be wrong"))
        case .broken(let reason):
            try recover()
            return .damaged(DamagedRecord(place: place, header: header, reason: reason))
        case .other:
            if block.isConfirmed {
                try resynchronise(rewindTo: nil)
                return .record(record)
            }
            try resynchronise(rewindTo: blockStart)
            return .damaged(
                DamagedRecord(
                    place: place, header: header,
                    reason: "what follows it is no record: its length (\(block.length)) is wrong, or it is damaged"))
        }
    }

    private func tail() throws(WebArchiveError) -> Tail {
        var lines = 0
        while true {
            while let first = stream.bytes.first, first == 0x0A || first == 0x0D {
                stream.consume(1)
                if first == 0x0A { lines += 1 }
            }
            if stream.count >= 6 {
                if isARC {
                    while stream.count < ARCHeader.longest, HeaderText.lineEnd(stream.bytes, from: 0) == nil,
                        try stream.more() == .bytes
                    {}
                }
                return isStart(stream.bytes) ? (lines > 1 || isARC ? .good : .short) : .other
            }
            switch try stream.more() {
            case .bytes: continue
            case .damaged(let reason): return .broken(reason)
            case .memberEnd, .end: return stream.count == 0 ? .good : .other
            }
        }
    }
}
