using CineLedger.Cleaning;
using CineLedger.Model;

namespace CineLedger.Loading;

/// <summary>What the cleaner made of one batch of records, in their order.</summary>
/// <param name="Movies">Films with the fingerprints of their content.</param>
/// <param name="Findings">What was found in the records.</param>
/// <param name="Spreadsheet">What a spreadsheet did to them.</param>
/// <param name="Records">Records of the batch that are not empty rows; a joined one counts once.</param>
/// <param name="Bytes">Bytes they took in the file.</param>
internal sealed record CleanBatch(
    List<(Movie Movie, long Hash)> Movies, List<Finding> Findings, SpreadsheetTally Spreadsheet, int Records, long Bytes);
