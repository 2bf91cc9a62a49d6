package import Models
package import Storage

/// Which key signs for an origin at which size of its log: the genesis's, and then those that key changes lead to.
package struct KeyHistory: Sendable {
    /// One key and the smallest size of the log at which it signs.
    package struct Term: Hashable, Sendable {
        package let key: PublicKey
        package let from: Int
    }

    private let origin: OriginID
    /// Ascending by `from`; never empty.
    package private(set) var terms: [Term]

    /// - Parameter genesisKey: as in the genesis detail.
    package init(origin: OriginID, genesisKey: String) throws(SyncError) {
        guard let key = PublicKey(genesisKey) else {
            throw .distrust(file: "log of \(origin.short)", .malformed("its genesis holds no public key"))
        }
        self.origin = origin
        // The genesis is line 0: the first size that can be signed is 1.
        terms = [Term(key: key, from: 1)]
    }

    /// The key that signs for the log's first `size` lines. A log that contains a change is signed by the new key.
    package func key(at size: Int) -> PublicKey {
        (terms.last { $0.from <= size } ?? terms[0]).key
    }

    package var latest: PublicKey { terms[terms.count - 1].key }

    package var keys: [PublicKey] { terms.map(\.key) }

    /// Follows a change, which line `index` holds, when the key in force authorised it and the new key agreed.
    ///
    /// - Parameter file: what to name in an error.
    package mutating func apply(_ change: KeyChangeDetail, index: Int, file: String) throws(SyncError) {
        func refused(_ reason: String) -> SyncError {
            .distrust(file: file, .badKeyChange(origin: origin, index: index, reason: reason))
        }
        guard let key = PublicKey(change.key), key.description == change.key, change.previous == latest.description
        else { throw refused("it does not name the key that signed until then") }
        guard !keys.contains(key) else { throw refused("it goes back to a key that was given up") }
        let statement = KeyChangeDetail.statement(
            origin: origin, index: index, key: change.key, previous: change.previous)
        for (signer, text) in [(latest, change.signedByPrevious), (key, change.signedByKey)] {
            guard let signature = SSHSignature(armored: text), signature.publicKey == signer,
                signature.namespace == SSHSignature.Namespace.keyChange.rawValue
            else { throw refused("a signature in it is not by the key that it must be by") }
            guard signature.isValid(for: statement) else { throw refused("a signature in it is not valid") }
        }
        terms.append(Term(key: key, from: index + 1))
    }
}

extension Archive {
    /// The keys of an origin whose log is held here; nil when it is not.
    package func keyHistory(of origin: OriginID) throws(SyncError) -> KeyHistory? {
        guard let log = try syncArchive({ () throws(ArchiveError) in try logs() }).first(where: { $0.origin == origin })
        else { return nil }
        return try keyHistory(of: log)
    }

    package func keyHistory(of log: LogSummary) throws(SyncError) -> KeyHistory {
        var history = try KeyHistory(origin: log.origin, genesisKey: log.key)
        let changes = try syncArchive { () throws(ArchiveError) in try lines(of: .keyChange, in: log.origin) }
        for line in changes where line.index < log.head.size {
            let bytes = try syncArchive { () throws(ArchiveError) in try read(line.detail) }
            let file = "log of \(log.origin.short)"
            let detail: Detail
            do throws(FormatError) { detail = try Detail(parsing: bytes) } catch {
                throw .damaged(Damage(file: file, reason: "record \(line.index): \(error.problem)"))
            }
            guard case .keyChange(let change) = detail else {
                throw .damaged(Damage(file: file, reason: "the detail of record \(line.index) is of another kind"))
            }
            try history.apply(change, index: line.index, file: file)
        }
        return history
    }
}
