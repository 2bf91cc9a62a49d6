package import GRDB

/// An SQLite file of things that can all be computed again.
///
/// One connection writes; readers on several threads have their own, so that they do not wait for one another.
package struct SQLiteCache: Sendable {
    private let pool: DatabasePool

    /// - Parameter cacheKiB: what each connection keeps in memory.
    package init(path: String, cacheKiB: Int) throws {
        var configuration = Configuration()
        configuration.busyMode = .timeout(60)
        configuration.foreignKeysEnabled = false
        configuration.prepareDatabase { db in
            try db.execute(
                sql: "PRAGMA synchronous = NORMAL; PRAGMA cache_size = -\(cacheKiB)")
        }
        configuration.maximumReaderCount = Cores.count + 1
        pool = try DatabasePool(path: path, configuration: configuration)
    }

    /// Everything read inside is of one moment, whatever others write meanwhile.
    ///
    /// Not `pool.read`: its guard against writing inside costs two pragmas, a quarter of a millisecond, each time, and
    /// finding an object is one statement of some microseconds.
    package func read<Value>(_ body: (Database) throws -> Value) throws -> Value {
        try pool.unsafeRead { db in
            try db.cachedStatement(sql: "BEGIN DEFERRED TRANSACTION").execute()
            let value: Value
            do { value = try body(db) } catch {
                try db.rollback()
                throw error
            }
            try db.cachedStatement(sql: "COMMIT TRANSACTION").execute()
            return value
        }
    }

    /// Gives the file back. Nothing can be read any more.
    package func close() throws { try pool.close() }

    /// In a transaction.
    package func write<Value>(_ body: (Database) throws -> Value) throws -> Value { try pool.write(body) }

    /// On the connection that writes, without a transaction: temporary tables are there alone.
    package func onWriter<Value>(_ body: (Database) throws -> Value) throws -> Value {
        try pool.writeWithoutTransaction(body)
    }
}

extension Database {
    /// GRDB's own question reads the whole schema, and traps where a changed byte left a row of it without a type.
    package func hasTable(_ name: String) throws -> Bool {
        try Bool.fetchOne(
            self, sql: "SELECT EXISTS(SELECT 1 FROM sqlite_master WHERE type = 'table' AND name = ?)",
            arguments: [name]) ?? false
    }
}
