import People
import Security
import TestKit

@testable import Surveys

extension TestStation {
  /// Those who work on questionnaires and studies, with keys for what they hand out.
  var surveyStaff: SurveyStaff {
    SurveyStaff(
      database: database, directory: people.directory, vault: vault,
      keys: CollectorKeys(
        link: MessageKey(bytes: [UInt8](repeating: 1, count: 32)),
        letter: MessageKey(bytes: [UInt8](repeating: 2, count: 32))))
  }
}
