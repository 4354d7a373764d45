import Kernel
package import People
package import Security

extension Care {
  /// All that Care keeps about persons, and what becomes of it when one is deleted.
  ///
  /// It has no obstacles: an open case must neither hold up a deletion nor be seen by what holds it up.
  ///
  /// - Parameter personKeys: where the keys of single persons lie. The person's is destroyed after the deletion, so that no
  ///   copy of the database, however old, shows a word about them.
  package func personRecords(_ personKeys: PersonKeyFolder) -> PersonRecords {
    let erasure = CareErasure(directory: directory, messenger: messenger, referrals: referrals)
    return PersonRecords(
      Phrase("社工服务", "Social work"), isConfidential: true,
      tables: CasePersonRows.tables + GroupPersonRows.tables + VisitPersonRows.tables, acts: CareActRows.acts,
      impersonal: CareActRows.impersonal,
      erase: { subject, transaction in try erasure.erase(subject, in: transaction) },
      finish: { [vault = keys.vault] subject in
        let scope = KeyScope(
          community: subject.community, dataClass: .casework, person: subject.person)
        try await personKeys.destroy(scope)
        vault.forget(scope)
      })
  }
}
