package import Models

/// When an article is looked at again: often after publication, then less and less; a change makes it more often again.
package struct Schedule: Hashable, Sendable {
    /// Up to an age, an interval; both in milliseconds.
    package struct Step: Hashable, Sendable {
        let until: Int64
        let interval: Int64
    }

    private static let minute: Int64 = 60_000
    private static let hour: Int64 = 60 * minute
    private static let day: Int64 = 24 * hour

    /// Most edits come early: the first two hours every 15 minutes, the first day hourly, the first week every 6 hours, the first month
    /// daily, then weekly.
    package static let usual = [
        Step(until: 2 * hour, interval: 15 * minute), Step(until: day, interval: hour),
        Step(until: 7 * day, interval: 6 * hour), Step(until: 30 * day, interval: day),
        Step(until: .max, interval: 7 * day),
    ]
    /// What lists articles is looked at all the time.
    package static let ofFeeds = 15 * minute
    /// An article found in a feed is watched for so long after its publication.
    package static let life = 365 * day
    private static let shortestRetry = 15 * minute
    private static let longestAsked = 7 * day

    /// What the next look depends on.
    package struct Look: Hashable, Sendable {
        /// When the article was published, as far as known; else when it was first seen.
        package var published: Timestamp
        /// When it was last seen to have changed.
        package var changed: Timestamp?
        /// A fixed interval.
        package var every: Int64?
        package var isFeed = false
        /// How often in a row nothing was received.
        package var failures = 0
        /// robots.txt did not allow it.
        package var isRefused = false
        /// `Retry-After`, in milliseconds.
        package var asked: Int64?

        package init(published: Timestamp) { self.published = published }
    }

    /// - Parameter random: any number from 0 up to the one given.
    package static func next(_ look: Look, now: Timestamp, random: (Int) -> Int) -> Timestamp {
        var interval = look.every ?? (look.isFeed ? ofFeeds : usualInterval(look, now))
        if look.isRefused {
            interval = max(interval, day)
        } else if look.failures > 0, look.every == nil {
            let retry = shortestRetry << Int64(min(look.failures - 1, 10))
            interval = look.isFeed ? max(interval, min(retry, day)) : min(retry, max(interval, hour))
        }
        // Up to a tenth later or earlier: what was published together must not be asked for together for ever.
        let tenth = Int(interval / 10)
        interval += Int64(random(2 * tenth) - tenth)
        if let asked = look.asked { interval = max(interval, min(asked, longestAsked)) }
        return Timestamp(milliseconds: now.milliseconds + interval) ?? now
    }

    private static func usualInterval(_ look: Look, _ now: Timestamp) -> Int64 {
        let age = max(0, now.milliseconds - look.published.milliseconds)
        let plain = interval(atAge: age)
        guard let changed = look.changed else { return plain }
        // Who edits once edits again: as on the day of publication, after its first two hours.
        let since = max(0, now.milliseconds - changed.milliseconds) + 2 * hour
        return min(plain, interval(atAge: since))
    }

    private static func interval(atAge age: Int64) -> Int64 {
        (usual.first { age < $0.until } ?? usual[usual.count - 1]).interval
    }
}
