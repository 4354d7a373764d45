package import Database

/// The tables of messages, newest step last.
package let messagesMigrations: [Migration] = [messagesMigration]
