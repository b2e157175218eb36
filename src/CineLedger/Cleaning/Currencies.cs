namespace CineLedger.Cleaning;

/// <summary>The signs, codes and names of currencies before or after an amount.</summary>
internal static class Currencies
{
    private static readonly HashSet<string> Dollars = new(
        "$|US$|USD|USD$|$US|$USD|US $|USD $|U.S.$|U.S. $|US dollars|U.S. dollars|dollars|dollar".Split('|'), StringComparer.OrdinalIgnoreCase);

    /// <summary>Signs and names, with the currency that a finding names.</summary>
    private static readonly Dictionary<string, string> Signs = new(
        ("€=EUR|£=GBP|¥=JPY or CNY|￥=JPY or CNY|₹=INR|₽=RUB|₩=KRW|₺=TRY|₴=UAH|₫=VND|₪=ILS|฿=THB|₱=PHP|₦=NGN|₸=KZT|₨=rupees|₤=pounds or lire|元=CNY|円=JPY|원=KRW|"
        + "A$=AUD|AU$=AUD|C$=CAD|CA$=CAD|CDN$=CAD|HK$=HKD|NZ$=NZD|NT$=TWD|S$=SGD|R$=BRL|MX$=MXN|Mex$=MXN|CN¥=CNY|JP¥=JPY|RMB=CNY|Rs=rupees|Rs.=rupees|Rp=IDR|"
        + "kr=kroner or kronor|kr.=kroner or kronor|zł=PLN|Kč=CZK|Ft=HUF|руб=RUB|руб.=RUB|euro=EUR|euros=EUR|pound=pounds|pounds=pounds|yen=JPY|yuan=CNY|"
        + "rupees=rupees|won=KRW|francs=francs|lire=ITL").Split('|').Select(pair => pair.Split('=')).ToDictionary(pair => pair[0], pair => pair[1]),
        StringComparer.OrdinalIgnoreCase);

    /// <summary>ISO 4217 codes except USD, with those of currencies that the euro replaced.</summary>
    private static readonly HashSet<string> Codes = new(
        ("AED AFN ALL AMD ANG AOA ARS ATS AUD AWG AZN BAM BBD BDT BEF BGN BHD BIF BMD BND BOB BRL BSD BTN BWP BYN BZD CAD CDF CHF CLP CNY COP CRC CUP CVE CYP CZK DEM DJF "
        + "DKK DOP DZD EEK EGP ERN ESP ETB EUR FIM FJD FKP FRF GBP GEL GHS GIP GMD GNF GRD GTQ GYD HKD HNL HRK HTG HUF IDR IEP ILS INR IQD IRR ISK ITL JMD JOD JPY KES KGS "
        + "KHR KMF KPW KRW KWD KYD KZT LAK LBP LKR LRD LSL LTL LUF LVL LYD MAD MDL MGA MKD MMK MNT MOP MRU MTL MUR MVR MWK MXN MYR MZN NAD NGN NIO NLG NOK NPR NZD OMR PAB "
        + "PEN PGK PHP PKR PLN PTE PYG QAR RON RSD RUB RWF SAR SBD SCR SDG SEK SGD SHP SIT SKK SLE SOS SRD SSP STN SVC SYP SZL THB TJS TMT TND TOP TRY TTD TWD TZS UAH UGX "
        + "UYU UZS VES VND VUV WST XAF XCD XOF XPF YER ZAR ZMW ZWL").Split(' '),
        StringComparer.Ordinal);

    public static bool IsDollar(string text) => Dollars.Contains(text);

    /// <summary>Returns the name of a currency other than the US dollar; null if the text is none.</summary>
    public static string? FindForeign(string text) => Signs.TryGetValue(text, out var name) ? name : Codes.Contains(text) ? text : null;
}
