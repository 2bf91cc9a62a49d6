internal import Models
internal import Storage
internal import WebArchives

/// Reads the records of one web archive in batches, ahead of whoever works on them.
actor ArchiveReading {
    /// What the sealed package around the records is, where there is one.
    struct Package: Sendable {
        let seal: WACZPackage.Seal?
        let version: String?
    }

    private enum Place: Sendable {
        case file(InputFile, name: String)
        case member(WACZPackage, ZIPDirectory.Member)

        var beginning: RecordPlace {
            switch self {
            case .file: RecordPlace(member: nil, offset: 0, inside: 0)
            case .member(_, let member): RecordPlace(member: member.name, offset: 0, inside: 0)
            }
        }
    }

    /// Events of about so much, or so many.
    private static let comfortableSize = 8 << 20
    private static let comfortableCount = 128

    nonisolated let form: WebArchiveForm
    nonisolated let size: Int
    nonisolated let package: Package?
    /// In plain words, about the file as a whole.
    nonisolated let notices: [String]
    /// What is still to be read, the last first.
    private var places: [Place]
    private var reader: RecordReader?
    private var damagedMembers: [DamagedRecord]

    /// - Throws: when it cannot be opened, or is a package that is not what it says.
    init(_ file: InputFile, form: WebArchiveForm, name: String, keepsDamaged: Bool) throws(WebArchiveError) {
        self.form = form
        size = file.size
        guard form == .wacz else {
            package = nil
            notices = []
            places = [.file(file, name: name)]
            damagedMembers = []
            return
        }
        let wacz = try WACZPackage(file)
        package = Package(seal: wacz.seal, version: wacz.version)
        var notices = wacz.notices
        if let seal = wacz.seal {
            // What lies beside the data proves nothing.
            notices.append("signed by \(seal.signer?.prefix(80) ?? "nobody named") (the signature was not checked)")
        }
        var places: [Place] = []
        var damaged: [DamagedRecord] = []
        for (member, damage) in wacz.files {
            if let damage, keepsDamaged { notices.append(damage) }
            if let damage, !keepsDamaged {
                let place = RecordPlace(member: member.name, offset: 0, inside: 0)
                damaged.append(DamagedRecord(place: place, header: nil, reason: damage))
            } else {
                places.append(.member(wacz, member))
            }
        }
        self.notices = notices
        self.places = places.reversed()
        damagedMembers = damaged
    }

    private static func open(_ place: Place) throws(WebArchiveError) -> RecordReader {
        switch place {
        case .file(let file, let name): try RecordReader(file: file, name: name)
        case .member(let package, let member): try RecordReader(package, member)
        }
    }

    /// The next events; none at the end. What cannot be read any further is an event, too: what was read before it counts, and what
    /// other members hold.
    func batch() -> [RecordEvent] {
        var events: [RecordEvent] = damagedMembers.map { .damaged($0) }
        damagedMembers = []
        var size = 0
        while size < Self.comfortableSize, events.count < Self.comfortableCount {
            guard let event = next() else { break }
            if case .record(let record) = event { size += record.block.count }
            events.append(event)
        }
        return events
    }

    private func next() -> RecordEvent? {
        while true {
            let current: RecordReader
            if let reader {
                current = reader
            } else {
                guard let place = places.popLast() else { return nil }
                do throws(WebArchiveError) {
                    current = try Self.open(place)
                } catch {
                    return .damaged(DamagedRecord(place: place.beginning, header: nil, reason: error.description))
                }
                reader = current
            }
            do throws(WebArchiveError) {
                if let event = try current.next() { return event }
                reader = nil
            } catch {
                reader = nil
                return .damaged(DamagedRecord(place: current.place, header: nil, reason: error.description))
            }
        }
    }
}
