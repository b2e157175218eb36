namespace CineLedger.Samples;

/// <summary>
/// The words of names, titles and plots. They are chosen so that no real studio or movie results:
/// curlews and thistles rather than lions and stars.
/// </summary>
internal static class Vocabulary
{
    public static readonly WordList Adjectives = new(
        "Silver|Amber|Copper|Quiet|Crooked|Hollow|Distant|Velvet|Gentle|Brazen|Frozen|Tidal|Ashen|Saffron|Cobalt|Ivory|" +
        "Restless|Wandering|Patient|Borrowed|Forgotten|Second|Northern|Southern|Winter|Autumn|Midsummer|Hidden|Paper|Iron|" +
        "Painted|Burning|Drowned|Lonely|Faithful|Stubborn|Bitter|Tender|Humble|Gilded|Salted|Woven|Whispering|Sleeping|" +
        "Seventh|Pale|Emerald|Rusted");

    public static readonly WordList Nouns = new(
        "Heron|Kestrel|Lantern|Orchard|Anvil|Thistle|Quarry|Marten|Curlew|Plover|Harbour|Meadow|Compass|Sparrow|Bramble|" +
        "Cinder|Ferry|Glacier|Hazel|Juniper|Kiln|Larch|Millstone|Nettle|Otter|Pebble|Quill|Rook|Saddle|Teasel|Umber|" +
        "Viaduct|Willow|Yarrow|Almanac|Bellows|Causeway|Damson|Estuary|Fathom|Granary|Hedgerow|Inkwell|Jackdaw|Keystone|" +
        "Lockgate|Magpie|Narrows|Osprey|Parapet|Quince|Rafter|Sextant|Tollhouse|Upland|Vesper|Wharf|Yew|Zephyr|Cormorant|" +
        "Ledger|Marsh|Foundry|Weathervane");

    public static readonly WordList Suffixes = new(
        "Pictures|Films|Productions|Film|Entertainment|Studios|Filmworks|Media|Cinema|Film Company|Motion Pictures|" +
        "Film Group|Filmproduktion|Cinéma|Producciones|Film Partners|Pictures Ltd.|Television|Film Fund|Animation|" +
        "Produções|Filmes|Arts|Release");

    public static readonly WordList Roles = new(
        "clockmaker|retired ferryman|young schoolteacher|travelling salesman|disgraced surgeon|lighthouse keeper|" +
        "night watchman|former boxer|country doctor|small-town sheriff|concert pianist|runaway bride|bookkeeper|" +
        "botanist|cartographer|stage magician|war correspondent|postman|beekeeper|railway engineer|novelist|" +
        "trapeze artist|taxi driver|widowed farmer|deaf violinist|junior detective|paroled safecracker|stowaway|" +
        "translator|glassblower|insurance clerk|deep-sea diver");

    public static readonly WordList Verbs = new(
        "sets out to find|stumbles upon|refuses to give up|is sent to guard|tries to buy back|falls in love with|" +
        "inherits|must protect|swears to destroy|is haunted by|secretly rebuilds|steals|goes to war over|bets everything on|" +
        "returns home to|slowly uncovers the truth about|hides from the police in|plans to sell|writes a song about|" +
        "is mistaken for the owner of|crosses a continent for|is asked to photograph|cannot forget|negotiates the ransom of");

    public static readonly WordList Objects = new(
        "an abandoned observatory|the last paddle steamer on the river|a mountain village without children|" +
        "a travelling circus|the family orchard|a forged masterpiece|an old rival from school|a lost expedition|" +
        "the only bridge across the valley|a failing dance hall|a box of unsigned letters|an island that is on no map|" +
        "a stubborn grey horse|the house where it all began|a radio station at the edge of the desert|" +
        "a treasure nobody has ever seen|the daughter of a powerful banker|a bakery in the old quarter|a stolen locomotive|" +
        "an unfinished symphony|the winter that changed the town|a hotel with one remaining guest|" +
        "a strange signal from below the ice|the men who ruined a brother");

    public static readonly WordList Endings = new(
        "before the first snow falls|while the whole town looks on|against the advice of everyone around|" +
        "with the help of an unlikely friend|and learns what loyalty costs|only to find that time has moved on|" +
        "on the eve of the great flood|in the last summer before the war|during one long night|" +
        "and nothing will ever be the same|without telling a soul|as an old secret comes to light|" +
        "while a storm gathers over the coast|for the sake of a promise made long ago|and meets a stranger with the same name|" +
        "in a city that never forgives");

    public static readonly WordList Openings = new(
        "After years abroad, |In the autumn of a long war, |One rainy morning, |Against all odds, |" +
        "When the harvest fails, |In a village by the sea, |Far from home, |With only a week left, |" +
        "On the run from the law, |At the turn of the century, |Between two trains, |As winter closes in, ");

    public static readonly WordList Turns = new(
        "But the past isn't done with anyone here.|What begins as a favour soon becomes an obsession.|" +
        "Nobody suspects that the real danger is much closer.|Meanwhile, the town's council has plans of its own.|" +
        "Old friends turn into rivals, and rivals into family.|It's a story of patience, debt and forgiveness.|" +
        "Slowly, and not without laughter, they find a way to live together.|The price, however, is higher than expected.|" +
        "Neither of them knows who's paying for it all.|There is one rule: never look back.|" +
        "Then a letter arrives that was posted thirty years ago.|Together they discover what can't be bought.|" +
        "A comedy of errors unfolds, with a funeral, two weddings and a goat.|The border is closed at dawn.");

    public static readonly WordList Taglines = new(
        "Some doors only open once.|Nobody leaves the valley.|He kept the books. She kept the secret.|" +
        "Love has a long memory.|The tide always comes back.|One night. Two lies. No way out.|" +
        "Every debt is paid in the end.|She wasn't looking for trouble, but trouble could read a map.|" +
        "Home is where the story starts.|They said it couldn't be done. They were nearly right.|" +
        "A true story, more or less.|Fear has a new address.|Listen closely.|Three brothers, one inheritance, no manners.|" +
        "The quiet ones are never quiet for long.|You can't outrun the winter.");

    public static readonly WordList Keywords = new(
        "friendship|inheritance|small town|storm|lighthouse|train journey|revenge|lost letter|family secret|rivalry|" +
        "based on children's book|winter|island|orphan|forgery|heist|wedding|amnesia|piano|village life|betrayal|" +
        "woman director|expedition|haunted house|boxing|detective|ferry|first love|father son relationship|circus|" +
        "road trip|debt|smuggling|radio|mountain|lawyer|musician|war veteran|stolen painting|coming of age|" +
        "new year's eve|desert|robot|time travel|ghost|beekeeping|strike|flood|schoolteacher|dance");
}
