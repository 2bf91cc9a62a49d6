package import Models
package import Storage

/// What was withdrawn according to the logs read so far, and what their bundles left out.
///
/// A bundle may come without what a record names. Whoever packed it says so in the packing list; but only a withdrawal in a
/// verified log makes that more than a loss.
struct WithdrawalsRead {
    private var withdrawn: Set<RecordReference> = []
    private var absent: [(record: RecordReference, file: String)] = []

    mutating func add(_ target: RecordReference) { withdrawn.insert(target) }

    mutating func note(_ record: RecordReference, in list: PackingList) {
        absent.append((record, "archive/\(list.bundleName)"))
    }

    /// Once every log has been read: withdrawals come after what they withdraw.
    ///
    /// - Parameter archive: what is held already may account for it, too.
    func checkAccounts(with archive: Archive) throws(SyncError) {
        for (record, file) in absent where !withdrawn.contains(record) {
            if try syncArchive({ () throws(ArchiveError) in try archive.isWithdrawn(record) }) { continue }
            throw .damaged(
                Damage(
                    file: file,
                    reason:
                        "it withholds record \(record.name), and no log that was read says that this was withdrawn; a later snapshot, or one of whoever packed it, may"
                ))
        }
    }
}

extension Archive {
    /// Appends a custody record to this archive's own log.
    package func record(custody action: CustodyDetail.Action, tool: String) throws(ArchiveError) {
        var random = SystemRandomNumberGenerator()
        try record(.custody(CustodyDetail(action, tool: tool, salt: Salt(using: &random))))
    }
}
