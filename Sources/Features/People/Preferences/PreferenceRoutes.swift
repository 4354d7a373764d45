import Database
import Kernel
import Web

extension People {
  /// The switches on every page. At a shared tablet they last as long as the card's session belongs to its holder, whose
  /// own settings they are.
  func addPreferences(_ routes: inout Routes) {
    Preferences.addRoute(to: &routes) { session, language, elderView in
      try await database.write(in: session.communityID) { transaction in
        try transaction.setPreferences(of: session.personID, language: language, elderView: elderView)
      }
    }
  }
}
