import People

/// What the tables of Resources keep about a person.
enum ResourcePersonRows {
  static let tables: [PersonTable] =
    OrganisationPersonRows.tables + PlacePersonRows.tables + AssetPersonRows.tables
    + PostingPersonRows.tables + BookingPersonRows.tables + VanTripPersonRows.tables + TiePersonRows.tables
    + AlertPersonRows.tables + DashboardPersonRows.tables

  static let acts: [PersonActs] =
    OrganisationPersonRows.acts + PlacePersonRows.acts + AssetPersonRows.acts + PostingPersonRows.acts
    + BookingPersonRows.acts + VanTripPersonRows.acts + TiePersonRows.acts + AlertPersonRows.acts
    + DashboardPersonRows.acts

  static let impersonal: [ImpersonalTable] =
    OrganisationPersonRows.impersonal + PlacePersonRows.impersonal + AssetPersonRows.impersonal
    + PostingPersonRows.impersonal + BookingPersonRows.impersonal + VanTripPersonRows.impersonal
    + TiePersonRows.impersonal
    + AlertPersonRows.impersonal + DashboardPersonRows.impersonal
}
