import Care
import Database
import Kernel
package import Security

/// Compares the keys of single persons in their folder with what is sealed in the database.
extension Switchboard {
  /// The persons about whom something is sealed and whose key is not in the folder, destroyed or living: the folder is
  /// another's, an old copy, or was lost.
  package func missingPersonKeys() async throws -> Set<KeyScope> {
    let sealed = try await database.read { try Care.sealedPersons($0) }
    if sealed.isEmpty { return [] }
    return sealed.subtracting(try await personKeys.scopes())
  }

  /// - Throws: `vault.person_keys_missing`, so that nobody begins new keys over what older ones sealed.
  func requirePersonKeys() async throws {
    let missing = try await missingPersonKeys()
    if !missing.isEmpty { throw Problem.personKeysMissing(missing.count) }
  }
}

extension Program {
  /// Gives up what is sealed about persons whose keys are gone for good, so that the program starts again: each gets an
  /// empty file, as after a destruction.
  /// - Returns: what to tell the person at the keyboard.
  package func giveUpMissingKeys() async throws -> String {
    let switchboard = try await Switchboard.open(settings, logger: logger, needsPersonKeys: false)
    do {
      let missing = try await switchboard.missingPersonKeys()
      for scope in missing { try await switchboard.personKeys.destroy(scope) }
      await switchboard.close()
      return missing.isEmpty
        ? "没有缺少的密钥。No key is missing."
        : "\(missing.count) 个人的记录放弃了，再也读不出来。The records of \(missing.count) persons were given up and cannot be read any more."
    } catch {
      await switchboard.close()
      throw error
    }
  }

  /// Gives everybody's words new keys at once, as after a key may have leaked. No other program may be running.
  /// - Returns: what to tell the person at the keyboard.
  package func rotateKeys() async throws -> String {
    try await withSwitchboard { switchboard in
      let rotation = switchboard.care.keyRotation(switchboard.personKeys)
      let count = try await rotation.round(everything: true, delay: .zero)
      return "\(count) 段文字换了新密钥。\(count) texts have new keys."
    }
  }

  /// How many persons have keys, and whether any is missing.
  /// - Returns: what to tell the person at the keyboard.
  package func describePersonKeys() async throws -> String {
    let switchboard = try await Switchboard.open(settings, logger: logger, needsPersonKeys: false)
    do {
      let missing = try await switchboard.missingPersonKeys()
      let held = try await switchboard.personKeys.scopes()
      await switchboard.close()
      return
        "个人密钥 \(held.count) 个，缺 \(missing.count) 个。\(held.count) personal keys, \(missing.count) missing."
    } catch {
      await switchboard.close()
      throw error
    }
  }
}

extension Problem {
  static func personKeysMissing(_ count: Int) -> Problem {
    Problem(
      "vault.person_keys_missing", status: 500,
      Phrase(
        "个人密钥文件夹里缺 \(count) 个人的密钥，程序不会启动。",
        "The folder of personal keys lacks those of \(count) persons; the program does not start without them."
      ),
      advice: Phrase(
        "请把文件夹从您另外保管的地方恢复。如果确实再也找不回来，请运行 nuanlin keys --give-up-missing：这些人的记录就永远读不出来了。",
        "Please restore the folder from where you keep its copy. If it is lost for good, run nuanlin keys --give-up-missing: the records of these persons can then never be read again."
      ))
  }
}
