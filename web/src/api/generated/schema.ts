// Generated from openapi.json by `make api-types`; not to be changed by hand.

export type paths = Record<string, never>;
export type webhooks = Record<string, never>;
export interface components {
  schemas: {
    /**
     * @description All incidents by how much is known of their place: `with_point + by_commune + by_wider_area + outside + unplaced +
     *     district_only = incidents`.
     */
    AccountAnswer: {
      /**
       * Format: int32
       * @description Those known by their commune alone; they count in it, and have no point.
       */
      by_commune: number | null;
      /**
       * Format: int32
       * @description Those known by a district or a province alone; they are in no area of any level.
       */
      by_wider_area: number | null;
      /**
       * Format: int32
       * @description Those in communes, but shown at district level and above only; null for the public.
       */
      district_only: number | null;
      /**
       * Format: int32
       * @description All incidents that the filter counts.
       */
      incidents: number | null;
      /**
       * Format: int32
       * @description Those outside every area.
       */
      outside: number | null;
      /**
       * Format: int32
       * @description Those without any place, as all of online fraud.
       */
      unplaced: number | null;
      /**
       * Format: int32
       * @description Those at a point inside an area of the level.
       */
      with_point: number | null;
    };
    /** @description What both answers on active models begin with. */
    ActiveModelsHeading: components['schemas']['Heading'] & {
      /**
       * Format: date
       * @description The day: the last one of the period.
       */
      on: string;
      /**
       * Format: int32
       * @description How many models are active on that day in the edition.
       */
      total: number;
    };
    /** @description An area and the others of its group. */
    AgainstAnswer: components['schemas']['Heading'] &
      components['schemas']['DifferenceFigures'] & {
        /** @description The row of the area. */
        area: components['schemas']['RatingRow'];
        /** @description The level of the areas. */
        level: components['schemas']['Level'];
        /** @description How the difference is found. */
        method: components['schemas']['ComparisonMethod'];
        /** @description The others together. */
        others: components['schemas']['OthersAnswer'];
      };
    /**
     * @description Our check beside the official decision.
     * @enum {string}
     */
    Agreement: 'agrees' | 'unknown' | 'disagrees';
    /** @description Communes by whether our check agrees with the decision. */
    AgreementCounts: {
      /** @description Both say the same. */
      agrees: number;
      /** @description They contradict each other. */
      disagrees: number;
      /** @description One of them says nothing. */
      unknown: number;
    };
    /** @description One alert. */
    AlertAnswer: {
      /** @description When somebody took note of it; null while nobody has. */
      acknowledged_at: string | null;
      /**
       * Format: double
       * @description The probability up to which such a step raises an alert.
       */
      chance: number;
      /** @description The id of the component whose incidents were counted; null for all reported ones. */
      component: string | null;
      /**
       * Format: double
       * @description What was to be expected.
       */
      expected: number;
      /** @description Whether reports of its days may still come in. */
      incomplete: boolean;
      /** @description What was looked at. */
      kind: components['schemas']['AlertKind'];
      /** @description When the data ceased to raise it, because they were corrected; null while they do. */
      lifted_at: string | null;
      /**
       * Format: int64
       * @description The greatest count that would not have raised it; null where the method has none.
       */
      limit: number | null;
      /** @description By which method. */
      method: components['schemas']['AlertMethod'];
      /**
       * @description Kinds of community model meant for such incidents, and how many run there; no effect is claimed. Null where the
       *     place is not among the boundaries any more.
       */
      models: components['schemas']['KindBesideAnswer'][] | null;
      /** @description What was noted, the oldest first; null for planners. */
      notes: components['schemas']['AlertNoteAnswer'][] | null;
      /**
       * Format: int64
       * @description Its number, by which addresses name it.
       */
      number: number;
      /**
       * Format: int64
       * @description What was counted.
       */
      observed: number;
      /**
       * Format: double
       * @description The probability of so many or more where nothing is out of the ordinary.
       */
      p: number;
      /** @description The days. */
      period: components['schemas']['PeriodDates'];
      /** @description Where. */
      place: components['schemas']['AlertPlaceAnswer'];
      /** @description When it was raised, in local time. */
      raised_at: string;
      /** @description Why it was raised, in a sentence. */
      reason: components['schemas']['Names'];
      /** @description What it is of, in a few words. */
      title: components['schemas']['Names'];
      /** @description The fragment of the page's address that shows the place at that time. */
      view: string;
    };
    /**
     * @description What was looked at.
     * @enum {string}
     */
    AlertKind: 'week' | 'month' | 'cluster';
    /**
     * @description By which method it was found.
     * @enum {string}
     */
    AlertMethod: 'farrington' | 'ears' | 'space_time_scan';
    /** @description What somebody did with an alert. */
    AlertNoteAnswer: {
      /** @description When, in local time. */
      at: string;
      /** @description The label of the token. */
      by: string;
      /** @description What was done. */
      kind: components['schemas']['AlertNoteKind'];
      /** @description What was said; empty where nothing was. */
      text: string;
    };
    /**
     * @description What somebody did with an alert.
     * @enum {string}
     */
    AlertNoteKind: 'acknowledged' | 'comment';
    /** @description Where an alert is. */
    AlertPlaceAnswer: {
      /** @description The area, or the communes of a cluster from its centre outwards; empty for a group. */
      codes: components['schemas']['AreaCode'][];
      /** @description The edition of the codes. */
      edition: components['schemas']['EditionId'];
      /** @description The id of the peer group; null for areas. */
      group: string | null;
      /** @description Its name. */
      name: components['schemas']['Names'];
      /** @description What kind of place. */
      scope: components['schemas']['AlertScope'];
    };
    /** @description The alerts that are kept, and by what rule they come about. */
    AlertsAnswer: {
      /** @description The alerts, the newest first. */
      alerts: components['schemas']['AlertAnswer'][];
      /**
       * Format: double
       * @description How many false alarms all series and scans together may give in a quarter, on average.
       */
      false_alarms_a_quarter: number;
      /** @description How alerts come about, in sentences. */
      method: components['schemas']['Names'];
      /** @description How many of the alerts stand: they are not lifted, nor has anybody taken note of them. */
      open: number;
      /** @description Whether the served data is the invented sample. */
      sample: boolean;
      /** @description What there is, in a sentence. */
      sentence: components['schemas']['Names'];
      /** @description How many series are followed. */
      series: number;
    };
    /**
     * @description What kind of place an alert is of. Never a single commune.
     * @enum {string}
     */
    AlertScope: 'province' | 'district' | 'group' | 'communes';
    /** @description A link to another document (RFC 8288). */
    ApiLink: {
      /** @description The address. */
      href: string;
      /** @description What it is to this document. */
      rel: string;
      /** @description The name for people. */
      title?: string | null;
      /** @description The media type. */
      type: string;
    };
    /** @description All that is known of one area. */
    AreaAnswer: components['schemas']['Heading'] & {
      /** @description Its row among the ratings. */
      area: components['schemas']['RatingRow'];
      /** @description West, south, east, north in degrees. */
      bounds: [number, number, number, number];
      /** @description Certification shares by kind of unit. */
      certification: components['schemas']['CertificationShareAnswer'][];
      /** @description The components of its rating. */
      components: components['schemas']['ComponentAnswer'][];
      /** @description A point well inside, longitude and latitude in degrees. */
      label: [number, number];
      /** @description The level of the area. */
      level: components['schemas']['Level'];
      /** @description Its community models. */
      models: components['schemas']['AreaModels'];
      /** @description Incidents of the years of statistics. */
      series: components['schemas']['YearCountAnswer'][];
      /** @description Whether it meets the standard: decision and check. */
      statutory: components['schemas']['StatutoryAnswer'];
      /** @description How it moved since the window before. */
      trend: components['schemas']['TrendAnswer'];
    };
    /** @description One area in both periods. */
    AreaChange: components['schemas']['AreaName'] &
      components['schemas']['DifferenceFigures'] & {
        /** @description The first period. */
        first: components['schemas']['MeasuredFigures'];
        /** @description The second period. */
        second: components['schemas']['MeasuredFigures'];
      };
    /**
     * @description The official code of an area: two to nine digits, meaningful only with an edition.
     *
     *     ```
     *     use binhyen::domain::area::AreaCode;
     *     assert_eq!("20335".parse::<AreaCode>()?.number(), 20_335);
     *     assert!("Tam Kỳ".parse::<AreaCode>().is_err());
     *     # Ok::<(), binhyen::domain::area::AreaCodeError>(())
     *     ```
     */
    AreaCode: string;
    /** @description Every area of a level as a feature. */
    AreaCollection: components['schemas']['Heading'] & {
      /** @description The areas in the order of their codes. */
      features: components['schemas']['AreaFeature'][];
      /** @description The level of the areas. */
      level: components['schemas']['Level'];
      /** @description The name of the layer, by which GDAL and programs on top of it call it. */
      name: string;
      /** @description Sums over the edition. */
      totals: components['schemas']['TotalsAnswer'];
      type: components['schemas']['CollectionType'];
    };
    /** @description What counts are divided by. */
    AreaDenominators: {
      /**
       * Format: double
       * @description Residents × years.
       */
      person_years: number | null;
      /**
       * Format: int32
       * @description Residents at the middle of the period.
       */
      population: number | null;
      /** @description The figures that they rest on. */
      residents_base: components['schemas']['ResidentsBase'];
      /**
       * Format: double
       * @description The length of the period in years.
       */
      years: number;
    };
    /** @description An area as a GeoJSON feature. */
    AreaFeature: {
      geometry: components['schemas']['GeoJsonGeometry'] | null;
      /** @description The code of the area within its edition. */
      id: components['schemas']['AreaCode'];
      /** @description What is said of it. */
      properties: components['schemas']['AreaProperties'];
      type: components['schemas']['FeatureType'];
    };
    /**
     * @description Whether an area stands among those it is compared with.
     * @enum {string}
     */
    AreaItself: 'left_out';
    /** @description The attributes of an area that answers carry. */
    AreaMembers: {
      /** @description Geodesic area, km² */
      area_km2: number | null;
      /** @description Recognised residential areas over residential areas, 0 to 1; for the public the nearest tenth */
      certified_share: number | null;
      /** @description Official code, meaningful only with its edition */
      code: components['schemas']['AreaCode'];
      /** @description Incidents found by police work beside the count, of the same days and severities */
      detected: number | null;
      difference: components['schemas']['Clarity'] | null;
      /** @description Incidents expected at the common rate of all areas */
      expected: number | null;
      /** @description A to E, or range, insufficient, suppressed, none */
      grade: components['schemas']['Grade'];
      grade_best: components['schemas']['Letter'] | null;
      grade_worst: components['schemas']['Letter'] | null;
      hot_spot: components['schemas']['HotSpotKind'] | null;
      /** @description Incidents of the filter, known by a point or by their commune */
      incidents: number | null;
      /** @description commune, district or province */
      level: components['schemas']['Level'];
      /** @description Active community models per 10,000 residents */
      model_density: number | null;
      /** @description Active community models per km² */
      model_density_km2: number | null;
      /** @description Active community models per residential area */
      model_density_residential: number | null;
      /** @description Active community models on the last day of the period */
      models: number;
      movement_grade: components['schemas']['MovementGrade'] | null;
      /** @description Official name */
      name: string;
      parent: components['schemas']['AreaCode'] | null;
      /** @description Group of areas that live alike, an id of /meta */
      peer_group: string | null;
      /** @description Residents times years of the period */
      person_years: number | null;
      /** @description Residents at the middle of the period */
      population: number | null;
      /** @description Probability that the relative risk exceeds 1 */
      prob_above_1: number | null;
      /** @description Probability of the band of the median, that of the letter where one is shown, 0 to 1 */
      prob_letter: number | null;
      /** @description Incidents per 100,000 person-years */
      rate: number | null;
      /** @description Exact upper 95 % limit of the rate */
      rate_high: number | null;
      /** @description Exact lower 95 % limit of the rate */
      rate_low: number | null;
      /** @description Empirical-Bayes rate per 100,000 person-years */
      rate_smoothed: number | null;
      /** @description Median relative risk against the common level of all areas */
      ratio: number | null;
      /** @description Upper end of the credible interval of the relative risk */
      ratio_high: number | null;
      /** @description Lower end of the credible interval of the relative risk */
      ratio_low: number | null;
      /** @description Share of the estimate that comes from the area itself, 0 to 1 */
      reliability: number | null;
      /** @description Residential areas served by a community model over residential areas, 0 to 1 */
      residential_served: number | null;
      /** @description Official decision: met, not_met or insufficient */
      statutory: components['schemas']['Statutory'];
      statutory_check: components['schemas']['Agreement'] | null;
      trend: components['schemas']['Arrow'] | null;
      withheld: components['schemas']['WithheldReason'] | null;
      /** @description Those of the incidents that are known by their commune alone, without a point */
      without_point: number | null;
    };
    /** @description The community models of an area. */
    AreaModels: components['schemas']['DensityFigures'] & {
      /** @description The same by kind; kinds without a model are left out. */
      by_kind: components['schemas']['KindDensity'][];
      /**
       * Format: int32
       * @description Active models on the last day of the period.
       */
      total: number;
    };
    /** @description An area by code and name. */
    AreaName: {
      /** @description The code within the edition. */
      code: components['schemas']['AreaCode'];
      /** @description The official name. */
      name: string;
    };
    /** @description The attributes of an area that tiles carry. */
    AreaProperties: {
      /** @description Geodesic area, km² */
      area_km2: number | null;
      /** @description Recognised residential areas over residential areas, 0 to 1; for the public the nearest tenth */
      certified_share: number | null;
      /** @description Official code, meaningful only with its edition */
      code: components['schemas']['AreaCode'];
      difference: components['schemas']['Clarity'] | null;
      /** @description A to E, or range, insufficient, suppressed, none */
      grade: components['schemas']['Grade'];
      grade_best: components['schemas']['Letter'] | null;
      grade_worst: components['schemas']['Letter'] | null;
      hot_spot: components['schemas']['HotSpotKind'] | null;
      /** @description Incidents of the filter, known by a point or by their commune */
      incidents: number | null;
      /** @description commune, district or province */
      level: components['schemas']['Level'];
      /** @description Active community models per 10,000 residents */
      model_density: number | null;
      /** @description Active community models per km² */
      model_density_km2: number | null;
      /** @description Active community models per residential area */
      model_density_residential: number | null;
      /** @description Active community models on the last day of the period */
      models: number;
      movement_grade: components['schemas']['MovementGrade'] | null;
      /** @description Official name */
      name: string;
      parent: components['schemas']['AreaCode'] | null;
      /** @description Group of areas that live alike, an id of /meta */
      peer_group: string | null;
      /** @description Residents at the middle of the period */
      population: number | null;
      /** @description Probability of the band of the median, that of the letter where one is shown, 0 to 1 */
      prob_letter: number | null;
      /** @description Incidents per 100,000 person-years */
      rate: number | null;
      /** @description Exact upper 95 % limit of the rate */
      rate_high: number | null;
      /** @description Exact lower 95 % limit of the rate */
      rate_low: number | null;
      /** @description Empirical-Bayes rate per 100,000 person-years */
      rate_smoothed: number | null;
      /** @description Median relative risk against the common level of all areas */
      ratio: number | null;
      /** @description Upper end of the credible interval of the relative risk */
      ratio_high: number | null;
      /** @description Lower end of the credible interval of the relative risk */
      ratio_low: number | null;
      /** @description Share of the estimate that comes from the area itself, 0 to 1 */
      reliability: number | null;
      /** @description Residential areas served by a community model over residential areas, 0 to 1 */
      residential_served: number | null;
      /** @description Official decision: met, not_met or insufficient */
      statutory: components['schemas']['Statutory'];
      statutory_check: components['schemas']['Agreement'] | null;
      trend: components['schemas']['Arrow'] | null;
    };
    /** @description One area over time. */
    AreaSeries: {
      /** @description The code within the edition. */
      code: components['schemas']['AreaCode'];
      /** @description The official name. */
      name: string;
      /** @description One point per step. */
      points: components['schemas']['SeriesStep'][];
      tendency: components['schemas']['TendencyAnswer'] | null;
    };
    /** @description The certification shares of an area. */
    AreaShares: {
      /** @description The code within the edition. */
      code: components['schemas']['AreaCode'];
      /** @description The official name. */
      name: string;
      parent: components['schemas']['AreaCode'] | null;
      /** @description The shares by kind of unit. */
      shares: components['schemas']['CertificationShareAnswer'][];
    };
    /**
     * @description Which way a rate moved.
     * @enum {string}
     */
    Arrow: 'up' | 'down' | 'equal';
    /** @description The attributes of areas, of single models and of incidents that a role gets. */
    AttributeTables: {
      /** @description Those of areas. */
      area: components['schemas']['DescribedAttribute'][];
      /** @description Those of incidents. */
      incident: components['schemas']['DescribedAttribute'][];
      /** @description Those of single models. */
      model: components['schemas']['DescribedAttribute'][];
    };
    /** @description Incidents before and after the start of a model. */
    BeforeAfterCounts: {
      /**
       * Format: int64
       * @description After.
       */
      after: number;
      /**
       * Format: int64
       * @description Before.
       */
      before: number;
    };
    /** @description Some areas side by side. */
    BesideAnswer: components['schemas']['Heading'] & {
      /** @description Their rows, in the order asked for. */
      areas: components['schemas']['RatingRow'][];
      /** @description The level of the areas. */
      level: components['schemas']['Level'];
      /** @description How the differences are found. */
      method: components['schemas']['ComparisonMethod'];
      /** @description Every pair of them. */
      pairs: components['schemas']['PairAnswer'][];
    };
    /**
     * @description How many residents a commune has between two years with a figure.
     * @enum {string}
     */
    BetweenYears: 'interpolated' | 'nearest';
    /** @description The comparison of both windows before a start, at places with a like count over the two. */
    BothWindowsAnswer: {
      /** @description The days before the start. */
      before: components['schemas']['PeriodDates'];
      /** @description The codes of the communes of the comparison places, the best-matched first. */
      comparison_areas: components['schemas']['AreaCode'][];
      /** @description Counts inside the reach. */
      inside: components['schemas']['EffectCounts'];
      ratio: components['schemas']['RatioAnswer'] | null;
    };
    /** @description A box in degrees. */
    BoundingBox: {
      /** @description The reference system of the corners. */
      crs: string;
      /** @description West and south. */
      lowerLeft: number[];
      /** @description East and north. */
      upperRight: number[];
    };
    /** @description All caches together. */
    CachesAnswer: {
      /**
       * Format: int64
       * @description What they may hold.
       */
      budget_bytes: number;
      /**
       * Format: int64
       * @description What they hold.
       */
      bytes: number;
    };
    /** @description One model that should be looked at, and why. */
    CandidateAnswer: {
      code: components['schemas']['AreaCode'] | null;
      /** @description The stable id of the model. */
      id: string | null;
      /** @description What is proposed. */
      proposal: components['schemas']['Proposal'];
      /** @description The reasons, a sentence each. */
      reasons: components['schemas']['Names'][];
    };
    /** @description What was requested, in its canonical form. */
    CanonicalFilter: {
      /** @description The ids of the requested categories; null for the reported ones, which is all but those found by police work. */
      categories: string[] | null;
      /** @description The edition of the boundaries. */
      edition: components['schemas']['EditionId'];
      /**
       * Format: date
       * @description The first day.
       */
      from: string;
      /** @description The least severity counted. */
      min_severity: components['schemas']['Severity'];
      /**
       * Format: date
       * @description The day after the last.
       */
      to: string;
    };
    /** @description A category of incidents. */
    CategoryAnswer: {
      /** @description The id of the component of the rating that it belongs to. */
      component: string;
      /** @description Whether it is found by police work: counted only where it is named. */
      detected: boolean;
      /** @description The id in addresses. */
      id: string;
      /** @description Its name for people. */
      name: components['schemas']['Names'];
    };
    /** @description One cell as a GeoJSON feature. */
    CellFeature: {
      /** @description The square. */
      geometry: components['schemas']['GeoJsonGeometry'];
      /** @description Column and row in the grid, with a dash between. */
      id: string;
      /** @description What was counted in it. */
      properties: components['schemas']['CellProperties'];
      /** @description Always `Feature`. */
      type: components['schemas']['FeatureType'];
    };
    /** @description What was counted in a cell. */
    CellProperties: {
      /**
       * Format: int32
       * @description Incidents in it.
       */
      count: number;
      /** @description The id of the component with the most of them; null where the cell is not shown for single components. */
      main_component: string | null;
    };
    /** @description What the cells of an answer are, and what they leave out. */
    CellSummary: {
      /**
       * @description The id of the component of the default scheme that is counted; null for all reported categories, and where any
       *     filter is answered.
       */
      component: string | null;
      /**
       * Format: int32
       * @description Incidents in cells that are not shown.
       */
      in_small_cells: number;
      /**
       * Format: int32
       * @description Incidents in all cells together, shown or not.
       */
      incidents: number;
      /**
       * Format: int32
       * @description A cell is shown where it holds at least so many, and so does every part of it that other answers tell apart.
       */
      least: number;
      /**
       * Format: double
       * @description The side of a cell in metres.
       */
      side_m: number;
    };
    /** @description A place to begin at. */
    CenterPoint: {
      /** @description Longitude and latitude. */
      coordinates: number[];
      /** @description The reference system of the coordinates. */
      crs: string;
      /** @description The zoom to begin with. */
      tileMatrix: string;
    };
    /** @description Certification shares of a level and of the whole edition. */
    CertificationsAnswer: components['schemas']['Heading'] & {
      /** @description The shares of every area, in the order of codes. */
      areas: components['schemas']['AreaShares'][];
      /** @description The level of the areas. */
      level: components['schemas']['Level'];
      /** @description The shares of the whole edition. */
      total: components['schemas']['CertificationShareAnswer'][];
      /** @description The window judged for each kind of unit; kinds without one are left out. */
      windows: {
        [key: string]: components['schemas']['JudgedWindow'];
      };
    };
    /** @description The share of recognised units of one kind. */
    CertificationShareAnswer: {
      /** @description The kind of unit. */
      kind: components['schemas']['UnitKind'];
      /**
       * Format: int32
       * @description Units that were recognised.
       */
      recognised: number | null;
      /**
       * Format: int32
       * @description Units that registered.
       */
      registered: number | null;
      /**
       * Format: double
       * @description Recognised units over units, 0 to 1; null where there is none. For the public the nearest tenth, and null below
       *     ten units; decisions on communes are published one by one, so that their share is exact.
       */
      share: number | null;
      /**
       * Format: int32
       * @description Units on the register of which nobody said anything.
       */
      silent: number | null;
      /**
       * Format: int32
       * @description Units on the roll; null, as the next three, for the public.
       */
      units: number | null;
      /** @description The id of the window that was judged. */
      window: string;
    };
    /** @description A challenge, and what the form has to know. */
    ChallengeAnswer: {
      /** @description What has to come back with the report. */
      challenge: string;
      /**
       * Format: date-time
       * @description Until when the challenge may be used.
       */
      expires_at: string;
      /** @description What may be reported. */
      form: components['schemas']['ReportFormAnswer'];
      /**
       * Format: int32
       * @description How many zero bits the SHA-256 of `challenge:solution` has to begin with.
       */
      proof_bits: number;
    };
    /** @description A difference in incidents with its limits. */
    ChangeAnswer: {
      /**
       * Format: double
       * @description The difference; below 0 where fewer came about.
       */
      difference: number;
      /**
       * Format: double
       * @description Upper limit.
       */
      high: number;
      /**
       * Format: double
       * @description Lower limit.
       */
      low: number;
      /**
       * Format: double
       * @description Two-sided probability of a difference as far from 0.
       */
      p: number;
    };
    /** @description The days on which the incidents of one channel are known. */
    ChannelCoverageAnswer: {
      /** @description The id of the channel. */
      id: string;
      /** @description Its name for people. */
      name: components['schemas']['Names'];
      /** @description The spans of days, in order. */
      periods: components['schemas']['PeriodDates'][];
    };
    /** @description What our check says of a unit. */
    CheckAnswer: {
      /** @description Whether the check agrees with the decision. */
      agreement: components['schemas']['Agreement'];
      /** @description Where the unit stands by our check. */
      check: components['schemas']['Statutory'];
      /** @description Whether the unit registered; null where nobody said. */
      registered: boolean | null;
    };
    /** @description Communes by our check. */
    CheckCounts: {
      /** @description Those of which too little is known. */
      insufficient: number;
      /** @description Those that meet every criterion. */
      met: number;
      /** @description Those that fail one. */
      not_met: number;
    };
    /** @description The circular by which is judged. */
    CircularAnswer: {
      /** @description The first sixteen hexadecimal digits of the SHA-256 of its file. */
      hash: string;
      /** @description The id. */
      id: string;
      /**
       * Format: date
       * @description The first day in force.
       */
      in_force_from: string;
      /**
       * Format: date
       * @description The day after the last one in force; null while it is.
       */
      in_force_until: string | null;
      /** @description The name for people. */
      name: components['schemas']['Names'];
    };
    /**
     * @description Whether a rate lies clearly above or below another, or above or below a common level.
     * @enum {string}
     */
    Clarity: 'higher' | 'lower' | 'not_clearly_different';
    /** @description One component and severity, with its part in the rating of the area. */
    ClassAnswer: {
      /** @description The id of the component in its scheme. */
      component: string;
      /** @description Its name for people. */
      component_name: components['schemas']['Names'];
      /**
       * Format: double
       * @description Weight × (observed − expected) / expected score.
       */
      contribution: number | null;
      /**
       * Format: double
       * @description Events expected in the area.
       */
      expected: number | null;
      /** @description What the component is measured against. */
      exposure: components['schemas']['ExposureKind'];
      /** @description What the exposure is counted in. */
      exposure_unit: components['schemas']['ExposureUnit'];
      /**
       * Format: double
       * @description How much of it there is; null where a commune of the area has no figure.
       */
      exposure_value: number | null;
      /**
       * Format: double
       * @description Events counted in the area; null, as the next two, where the area has no exposure.
       */
      observed: number | null;
      /**
       * Format: double
       * @description Events per kilometre and year that are expected; null where the exposure is counted otherwise.
       */
      rate_per_km_year: number | null;
      /**
       * Format: double
       * @description Events per person-year that are expected; null where the exposure is counted otherwise.
       */
      rate_per_person_year: number | null;
      /** @description Whether it takes part in the grade. */
      rated: boolean;
      /** @description The id of the severity. */
      severity: string;
      /** @description Its name for people. */
      severity_name: components['schemas']['Names'];
      /**
       * Format: double
       * @description The contribution over that of all classes.
       */
      share_of_excess: number | null;
      /**
       * Format: double
       * @description Points of one event.
       */
      weight: number;
    };
    /** @description Areas that together lie above the common level. */
    ClusterAnswer: {
      /** @description Its areas, from the centre outwards. */
      areas: components['schemas']['AreaName'][];
      /**
       * Format: double
       * @description Direction of the long axis in degrees, from east towards north.
       */
      axis_degrees: number;
      /**
       * Format: double
       * @description Long axis over short axis of its zone; 1 for a circle.
       */
      axis_ratio: number;
      /** @description The code of the area in whose label point it is centred. */
      centre: string;
      /**
       * Format: double
       * @description Incidents expected inside at the common rate.
       */
      expected: number;
      /**
       * Format: double
       * @description The tail of a Gumbel distribution fitted to the maps of chance; null where they do not vary.
       */
      gumbel_p: number | null;
      /** @description What stands beside it on a map. */
      label: components['schemas']['Names'];
      /**
       * Format: double
       * @description Natural logarithm of the likelihood ratio.
       */
      log_likelihood_ratio: number;
      /** @description Its number, the most likely being 1. */
      number: number;
      /**
       * Format: int64
       * @description Incidents inside.
       */
      observed: number;
      /**
       * Format: double
       * @description (R + 1)/(M + 1), where R of M maps of chance reach the statistic anywhere.
       */
      p: number;
      /**
       * Format: double
       * @description The rate inside over that outside; null where all incidents are inside.
       */
      relative_risk: number | null;
      /**
       * Format: double
       * @description The same less the penalty of an ellipse: by it clusters are found and judged.
       */
      statistic: number;
    };
    /** @description How clusters are found. */
    ClusterMethod: {
      /** @description Areas that were scanned: those with residents. */
      areas_scanned: number;
      /**
       * Format: int64
       * @description Incidents in the areas that were scanned.
       */
      incidents: number;
      /**
       * Format: double
       * @description Clusters are told up to this p.
       */
      max_p: number;
      /**
       * Format: double
       * @description The greatest share of the person-years in a zone.
       */
      max_share: number;
      /**
       * Format: double
       * @description The exponent of the penalty (4s/(s + 1)²)^a of an ellipse of axis ratio s.
       */
      penalty: number;
      /**
       * Format: int32
       * @description Maps of chance.
       */
      replicas: number;
      /**
       * Format: int64
       * @description What their random numbers begin with.
       */
      seed: number;
      /** @description The method in a sentence. */
      sentence: components['schemas']['Names'];
      /** @description The outlines of zones. */
      shape: components['schemas']['ClusterShape'];
      /** @description The statistic. */
      statistic: string;
      /** @description Zones that were looked at. */
      zones: number;
    };
    /** @description The clusters of a level under a filter. */
    ClustersAnswer: components['schemas']['Heading'] & {
      /** @description Clusters above the common level, beyond chance; the most likely first. No two share an area. */
      clusters: components['schemas']['ClusterAnswer'][];
      /** @description The level of the areas. */
      level: components['schemas']['Level'];
      /** @description How it was found. */
      method: components['schemas']['ClusterMethod'];
      most_likely: components['schemas']['ClusterAnswer'] | null;
      /** @description What was found, in a sentence. */
      sentence: components['schemas']['Names'];
      unscanned: components['schemas']['UnscannedReason'] | null;
    };
    /**
     * @description Which outlines zones have.
     * @enum {string}
     */
    ClusterShape: 'circle' | 'ellipse';
    /** @description One collection. */
    CollectionAnswer: {
      /** @description The reference systems that its features can be asked for in. */
      crs: string[];
      /** @description What stands in it. */
      description: string;
      extent?: components['schemas']['ExtentAnswer'] | null;
      /** @description The id in addresses. */
      id: string;
      /** @description Always `feature`. */
      itemType: string;
      /** @description Where its features are, and what can be asked of them. */
      links: components['schemas']['ApiLink'][];
      /** @description The reference system in which they are stored. */
      storageCrs: string;
      /** @description The name for people. */
      title: string;
    };
    /** @description The collections of a role. */
    CollectionsAnswer: {
      /** @description The collections. */
      collections: components['schemas']['CollectionAnswer'][];
      /** @description The reference systems that every collection can be asked for in. */
      crs: string[];
      /** @description This document in its forms. */
      links: components['schemas']['ApiLink'][];
    };
    /** @description The tilesets of one collection: one, since there is one scheme. */
    CollectionTilesets: {
      /** @description This list. */
      links: components['schemas']['TypedLink'][];
      /** @description The tilesets. */
      tilesets: components['schemas']['TilesetEntry'][];
    };
    /**
     * @description The word by which GeoJSON knows a feature collection.
     * @enum {string}
     */
    CollectionType: 'FeatureCollection';
    /** @description What can be asked of the features of a collection, or what stands in them. */
    ColumnsAnswer: {
      /** @description The address of this document. */
      $id: string;
      /** @description The dialect of JSON Schema. */
      $schema: string;
      /** @description Whether anything else can be asked. */
      additionalProperties: boolean;
      /** @description By its name, what each property is. */
      properties: Record<string, never>;
      /** @description The name of the collection. */
      title: string;
      /** @description Always `object`. */
      type: string;
    };
    /** @description One commune of an area: its decision, and our check for the roles that see it. */
    CommuneAnswer: components['schemas']['UnitAnswer'] & {
      /** @description Whether the check agrees with the decision. */
      agreement?: components['schemas']['Agreement'];
      /** @description Where the commune stands by our check. */
      check?: components['schemas']['Statutory'];
      /** @description The criteria with their facts; in an explanation only. */
      criteria?: components['schemas']['CriterionAnswer'][];
      movement_grade?: components['schemas']['MovementGradeAnswer'] | null;
      movement_grade_before?: components['schemas']['MovementGradeAnswer'] | null;
      /** @description Whether the commune registered, null where nobody said; absent, as all that follows, for the public. */
      registered?: boolean | null;
    };
    /** @description A commune by edition, code and name. */
    CommuneName: {
      /** @description The code within the edition. */
      code: components['schemas']['AreaCode'];
      /** @description The edition of the code. */
      edition: components['schemas']['EditionId'];
      /** @description The official name; null where the edition does not have the code. */
      name: string | null;
    };
    /** @description One of two periods. */
    ComparedPeriod: components['schemas']['WindowSpan'] & {
      requested: components['schemas']['UncutPeriod'] | null;
      /**
       * Format: double
       * @description Its length in years.
       */
      years: number;
    };
    /** @description How differences are found. */
    ComparisonMethod: {
      /** @description When a difference is clear. */
      difference: string;
      /**
       * Format: double
       * @description Coverage of the limits, 0 to 1.
       */
      level: number;
      /** @description How the limits are found. */
      limits: string;
      /** @description How p is found. */
      p: string;
      /** @description How q is found, and over what. */
      q: string;
      /** @description The unit of every rate. */
      rate_unit: string;
    };
    /** @description The pooled ratios of both comparisons. */
    ComparisonsAnswer: {
      both_windows: components['schemas']['RatioAnswer'] | null;
      last_window_left_out: components['schemas']['RatioAnswer'] | null;
    };
    /** @description One component's part in an area's rating. */
    ComponentAnswer: {
      /**
       * Format: double
       * @description Its part of the severity-weighted ratio minus one; null where it is not rated, and for the public.
       */
      contribution: number | null;
      /**
       * Format: double
       * @description Incidents expected at the provincial rates.
       */
      expected: number | null;
      /** @description What it is measured against. */
      exposure: components['schemas']['ExposureKind'];
      /** @description What the exposure is counted in. */
      exposure_unit: components['schemas']['ExposureUnit'];
      /**
       * Format: double
       * @description How much of it there is; null where a commune of the area has no figure.
       */
      exposure_value: number | null;
      /** @description The id of the component in its scheme. */
      id: string;
      /**
       * @description Whether its incidents are part of the area's count. Those found by police work stand beside it, unless the filter
       *     names their categories.
       */
      in_total: boolean;
      /** @description Its name for people. */
      name: components['schemas']['Names'];
      /**
       * Format: int32
       * @description Incidents of the component.
       */
      observed: number | null;
      /** @description Whether it takes part in the grade. */
      rated: boolean;
      /** @description Why it is not rated in the area: `no_exposure`; null where it may be. */
      reason: string | null;
    };
    /** @description What this server conforms to. */
    ConformanceAnswer: {
      /** @description The classes of requirements that are met. */
      conformsTo: string[];
      /** @description This document in its forms. */
      links: components['schemas']['ApiLink'][];
    };
    /** @description The connections of the server. */
    ConnectionsAnswer: {
      /**
       * Format: int64
       * @description Those that are open.
       */
      open: number;
      /**
       * Format: int64
       * @description Those turned away since the start, because their address had its share.
       */
      refused: number;
    };
    /**
     * @description Where rows and columns begin.
     * @enum {string}
     */
    CornerOfOrigin: 'topLeft';
    /**
     * @description From which counts ratings are computed, and how incidents weigh.
     * @enum {string}
     */
    CountBasis: 'all_counts' | 'published_counts';
    /** @description Two counts and what chance says of their difference. */
    CountChangeAnswer: {
      /**
       * Format: int32
       * @description Incidents of the window before.
       */
      before: number;
      /**
       * Format: int32
       * @description Incidents of the window.
       */
      now: number;
      /**
       * Format: double
       * @description Two-sided exact conditional probability of a split at least as uneven under equal rates.
       */
      p: number;
      /** @description The same for people. */
      sentence: components['schemas']['Names'];
      /** @description Whether the change lies within chance. */
      within_chance: boolean;
    };
    /** @description How many models there are, and how densely. */
    CountedDensity: components['schemas']['DensityFigures'] & {
      /**
       * Format: int32
       * @description Active models on the last day of the period.
       */
      count: number;
    };
    /** @description What squares of incidents count: they answer a closed list of questions, and to any other filter the nearest of them. */
    CountedSquares: {
      /** @description Whether that is what was requested. */
      as_requested: boolean;
      /** @description The id of the component of the default scheme; null for all reported categories. */
      component: string | null;
      /** @description The id of the window. */
      window: string;
    };
    /** @description The area of another edition that holds most of an area. */
    CounterpartArea: {
      /** @description The code within its edition. */
      code: components['schemas']['AreaCode'];
      /** @description The official name. */
      name: string;
      /**
       * Format: double
       * @description The part of the area that it holds, 0 to 1.
       */
      share: number;
    };
    /** @description The days on which incidents are known. Periods that reach beyond are cut to them. */
    CoverageAnswer: {
      /** @description The channels that have days of their own. */
      channels: components['schemas']['ChannelCoverageAnswer'][];
      /** @description Whether they were declared, or are the days of the first and the last incident. */
      declared: boolean;
      /** @description The districts that have days of their own. */
      districts: components['schemas']['DistrictCoverageAnswer'][];
      /** @description The same as a sentence. */
      note: components['schemas']['Names'];
      /** @description The spans of days, in order. */
      periods: components['schemas']['PeriodDates'][];
    };
    /** @description A criterion with its threshold, its facts and the evidence beside it. */
    CriterionAnswer: components['schemas']['CriterionVerdict'] & {
      evidence?: components['schemas']['EvidenceAnswer'] | null;
      facts: components['schemas']['FactsAnswer'] | null;
      threshold: components['schemas']['ThresholdAnswer'] | null;
    };
    /** @description The name of a criterion within its circular: article, number and letter, as `5.1.b`. */
    CriterionId: string;
    /**
     * @description Who says whether a criterion is met.
     * @enum {string}
     */
    CriterionKind: 'declared' | 'evidence' | 'computed';
    /** @description Which criterion it is, and its verdict. */
    CriterionVerdict: {
      /**
       * Format: int32
       * @description The article of the circular.
       */
      article: number;
      /** @description The name of the criterion within its circular. */
      id: components['schemas']['CriterionId'];
      /** @description Who says whether it is met. */
      kind: components['schemas']['CriterionKind'];
      /**
       * Format: int32
       * @description The number in the article.
       */
      number: number;
      /** @description What is asked. */
      text: components['schemas']['Names'];
      /** @description Whether it is met. */
      verdict: components['schemas']['StatutoryVerdict'];
      /** @description The same for people. */
      verdict_text: components['schemas']['Names'];
    };
    /** @description An official decision. */
    DecisionAnswer: {
      /** @description Who decided. */
      body: string | null;
      /**
       * Format: date
       * @description The day of the decision.
       */
      decided_on: string | null;
      /** @description The number of the decision. */
      number: string | null;
      /** @description What was decided. */
      verdict: components['schemas']['Statutory'];
    };
    /**
     * @description What is decided.
     * @enum {string}
     */
    DecisionKind: 'accept' | 'merge' | 'reject';
    /** @description What was declared of a criterion. */
    DeclaredFact: {
      /** @description Whether it is met; null where nothing was declared. */
      declared: boolean | null;
    };
    /** @description The densities of models, as far as they exist and the role may see them. */
    DensityFigures: {
      /**
       * Format: double
       * @description Active models per 10,000 residents.
       */
      per_10k_residents: number | null;
      /**
       * Format: double
       * @description Active models per square kilometre.
       */
      per_km2: number | null;
      /**
       * Format: double
       * @description Active models per residential area; null for the public, whom it would tell how many residential areas there are.
       */
      per_residential_area: number | null;
      /**
       * Format: double
       * @description Residential areas served by a model over residential areas, 0 to 1; null for the public.
       */
      residential_areas_served: number | null;
    };
    /** @description One attribute, for people and for programs. */
    DescribedAttribute: {
      /** @description What it means. */
      description: string;
      /** @description How its values are written. */
      format: components['schemas']['ValueFormat'];
      /** @description Whether tiles carry it. */
      in_tiles: boolean;
      /** @description The name for people. */
      label: components['schemas']['Names'];
      /** @description The name in tiles, answers and data files. */
      name: string;
      /** @description The name where there is little room, as in a table on a screen. */
      short_label: components['schemas']['Names'];
      /** @description `string`, `integer` or `number`. */
      type: string;
      unit: components['schemas']['Names'] | null;
    };
    /** @description How the server does. */
    DeskAnswer: {
      /** @description All caches together. */
      caches: components['schemas']['CachesAnswer'];
      /** @description The connections. */
      connections: components['schemas']['ConnectionsAnswer'];
      data: components['schemas']['DeskDataAnswer'] | null;
      last_import: components['schemas']['ImportAnswer'] | null;
      /** @description Whether `/readyz` answers 200. */
      ready: boolean;
      /**
       * Format: int64
       * @description The memory that is resident; null where the system does not tell.
       */
      resident_bytes: number | null;
      /**
       * Format: date-time
       * @description When it was started.
       */
      started_at: string;
      /** @description The store. */
      store: components['schemas']['DeskStoreAnswer'];
      /**
       * Format: int64
       * @description The seconds since then.
       */
      uptime_s: number;
      /** @description The version of the program. */
      version: string;
      /** @description The pools of heavy work. */
      work: components['schemas']['WorkPoolAnswer'][];
    };
    /** @description What is served. */
    DeskDataAnswer: {
      /** @description The editions, the oldest first. */
      editions: components['schemas']['DeskEditionAnswer'][];
      /**
       * Format: int64
       * @description The state of the data that roles are served.
       */
      epoch: number;
      /**
       * Format: date
       * @description The day on which the first release is due; null where one is made, or where none will be.
       */
      first_release_due: string | null;
      /**
       * Format: int64
       * @description The incidents, counted or not.
       */
      incidents: number;
      /**
       * Format: int64
       * @description The community models.
       */
      models: number;
      /**
       * Format: int64
       * @description The state that the public is served.
       */
      public_epoch: number;
      release: components['schemas']['ReleaseReference'] | null;
      /** @description Whether any of it is the invented sample. */
      sample: boolean;
      /**
       * Format: double
       * @description How long the last one took, from the store to its end.
       */
      snapshot_s: number;
      /**
       * Format: int64
       * @description Snapshots built since the start.
       */
      snapshots: number;
    };
    /** @description An edition as an operator looks at it. */
    DeskEditionAnswer: {
      /** @description All incidents by how much is known of their places on it. */
      account: components['schemas']['AccountAnswer'];
      /** @description How many areas it has, by level. */
      areas: {
        [key: string]: number;
      };
      /** @description The id. */
      id: components['schemas']['EditionId'];
      /** @description Its name for people. */
      name: components['schemas']['Names'];
    };
    /** @description The store. */
    DeskStoreAnswer: {
      /**
       * Format: int64
       * @description What its files take; null where they cannot be seen.
       */
      bytes: number | null;
      /** @description Whether it is in order, or what is wrong. */
      condition: components['schemas']['StoreConditionAnswer'];
      /** @description Whether an import that has not ended holds its newest state back. */
      import_held_back: boolean;
      /**
       * Format: double
       * @description How long it took for its shortest answer; null where it gave none.
       */
      latency_s: number | null;
    };
    /** @description What is said of a difference; all figures are null where nothing can be said. */
    DifferenceFigures: components['schemas']['RateRatioFigures'] & {
      difference: components['schemas']['Clarity'] | null;
      /**
       * Format: double
       * @description Rate per 100,000 person-years of the first less that of the second.
       */
      rate_difference: number | null;
      /** @description The same as a sentence. */
      sentence: components['schemas']['Names'];
    };
    /** @description A unit whose check contradicts its decision. */
    DisagreementAnswer: components['schemas']['UnitAnswer'] &
      components['schemas']['CheckAnswer'] & {
        area: components['schemas']['AreaName'] | null;
        /** @description The criteria that are not met. */
        failing: components['schemas']['FailingCriterion'][];
      };
    /** @description Every disagreement of the window judged. */
    DisagreementsAnswer: components['schemas']['Heading'] & {
      circular: components['schemas']['CircularAnswer'] | null;
      /** @description How many disagreements there are. */
      count: number;
      /** @description Communes first, then the units under them. */
      disagreements: components['schemas']['DisagreementAnswer'][];
      judged_window: components['schemas']['StatutoryWindow'] | null;
    };
    /** @description A difference in incidents: at the place itself, around it, and both together. */
    DisplacementAnswer: {
      displaced: components['schemas']['ChangeAnswer'] | null;
      local: components['schemas']['ChangeAnswer'] | null;
      total: components['schemas']['ChangeAnswer'] | null;
    };
    /** @description The days on which the incidents of one district are known. */
    DistrictCoverageAnswer: {
      /** @description The code of the district. */
      code: components['schemas']['AreaCode'];
      /** @description The edition of the code. */
      edition: components['schemas']['EditionId'];
      /** @description The spans of days, in order. */
      periods: components['schemas']['PeriodDates'][];
    };
    /** @description A dated set of boundaries. */
    EditionAnswer: {
      account: components['schemas']['AccountAnswer'] | null;
      /** @description How many areas it has, by level. */
      areas: {
        [key: string]: number;
      };
      /** @description West, south, east, north in degrees. */
      bounds: [number, number, number, number];
      /** @description The id. */
      id: components['schemas']['EditionId'];
      /** @description The levels it has. */
      levels: components['schemas']['Level'][];
      /** @description Its name for people. */
      name: components['schemas']['Names'];
      /**
       * Format: date
       * @description The first day in force.
       */
      valid_from: string;
      /**
       * Format: date
       * @description The day after the last one in force; null for the edition of today.
       */
      valid_until: string | null;
    };
    /** @description The name of an edition: the year and month from which it is in force. */
    EditionId: string;
    /** @description Incidents before and after, at a model and at its comparison places. */
    EffectCounts: {
      /** @description At the comparison places together. */
      comparison: components['schemas']['BeforeAfterCounts'];
      /** @description At the model. */
      model: components['schemas']['BeforeAfterCounts'];
    };
    /** @description How effects are looked at, with the values used. */
    EffectMethod: {
      /** @description How a kind is looked at by commune. */
      communes: string;
      /**
       * Format: int32
       * @description Comparison places of a model, at most.
       */
      comparison_places: number;
      /** @description How a displacement is found. */
      displacement: string;
      /**
       * Format: double
       * @description Coverage of the limits, 0 to 1.
       */
      level: number;
      /**
       * Format: double
       * @description How far the matched count of a comparison place may lie from that of the model, as a part of it.
       */
      match_tolerance: number;
      /**
       * Format: double
       * @description The false discovery rate over the kinds, below which a difference counts.
       */
      max_q: number;
      /**
       * Format: int32
       * @description Incidents before below which nothing is concluded of one model.
       */
      min_before: number;
      /**
       * Format: int32
       * @description Incidents inside the reaches of a kind before, below which it is looked at by commune and quarter.
       */
      min_before_of_kind: number;
      /**
       * Format: int32
       * @description Communes in which a kind came or went, below which nothing is concluded from communes.
       */
      min_communes: number;
      /**
       * Format: int32
       * @description Windows before a start that are left out where a kind is looked at by commune.
       */
      panel_windows_left_out: number;
      /** @description How the ratio of a kind is found. */
      pooled: string;
      /** @description How the ratio of one model is found. */
      ratio: string;
      /**
       * Format: int32
       * @description How many of the last reviews must agree before a model is proposed for anything.
       */
      reviews: number;
      /** @description The method in a few sentences. */
      text: components['schemas']['Names'];
      /**
       * Format: double
       * @description The ratio from which downwards a drop is useful.
       */
      useful_ratio: number;
      /**
       * Format: int32
       * @description Days of each of the two windows before the start of a model and of the one after it.
       */
      window_days: number;
    };
    /** @description What can be said of a change, and why nothing can where it cannot. */
    EffectVerdictAnswer: {
      obstacle: components['schemas']['Obstacle'] | null;
      /** @description What can be said, in one word. */
      word: components['schemas']['EffectWord'];
    };
    /**
     * @description What can be said of a change beside that of the comparison places.
     * @enum {string}
     */
    EffectWord: 'lower' | 'higher' | 'not_clearly_different' | 'cannot_tell';
    /** @description The incidents of the window and of the one before. */
    EvidenceAnswer: {
      /** @description The window before. */
      before: components['schemas']['PeriodDates'];
      /** @description By severity, the least severe first. */
      by_severity: components['schemas']['SeverityChange'][];
      /** @description The statistical test. */
      method: string;
      /** @description All severities together. */
      total: components['schemas']['CountChangeAnswer'];
    };
    /**
     * @description Whose rates are expected of an area.
     * @enum {string}
     */
    Expectation: 'province' | 'peers';
    /** @description Why an area has its letter. */
    ExplanationAnswer: components['schemas']['Heading'] & {
      /** @description The area. */
      area: components['schemas']['AreaName'];
      /** @description Component by component and severity by severity; null for the public and where nothing is rated. */
      classes: components['schemas']['ClassAnswer'][] | null;
      /** @description The components of the rating. */
      components: components['schemas']['ComponentAnswer'][];
      denominators: components['schemas']['AreaDenominators'] | null;
      /**
       * Format: int32
       * @description Incidents found by police work in the same days and severities, beside the count; null where it is hidden.
       */
      detected: number | null;
      difference: components['schemas']['Clarity'] | null;
      funnel: components['schemas']['FunnelFigures'] | null;
      /** @description The statistical grade. */
      grade: components['schemas']['Grade'];
      grade_best: components['schemas']['Letter'] | null;
      grade_worst: components['schemas']['Letter'] | null;
      hot_spot: components['schemas']['HotSpotFigures'] | null;
      /** @description The level of the area. */
      level: components['schemas']['Level'];
      /** @description The parameters of the rating. */
      method: components['schemas']['ExplanationMethod'];
      /**
       * Format: double
       * @description Probability of the band of the median; null where the letter is withheld.
       */
      prob_letter: number | null;
      /** @description The letter in words. */
      sentence: components['schemas']['Names'];
      /** @description Whether the area meets the standard, criterion by criterion. */
      statutory: components['schemas']['StatutoryAnswer'];
      /** @description How the area moved since the window before. */
      trend: components['schemas']['TrendAnswer'];
      /** @description Observed to expected, every incident counting the same. */
      unweighted: components['schemas']['UnweightedFigures'];
      /** @description The severity-weighted ratio and the way to it. */
      weighted: components['schemas']['WeightedAnswer'];
      withheld: components['schemas']['WithheldReason'] | null;
    };
    /** @description The parameters of a rating. */
    ExplanationMethod: {
      /** @description Upper bounds of A, B, C and D on the relative risk. */
      bands: number[];
      /** @description From which counts everything is computed. */
      basis: components['schemas']['CountBasis'];
      /**
       * Format: double
       * @description Points that one independent event is worth; null when nothing was counted.
       */
      dispersion: number | null;
      /** @description Whose rates are expected of an area. */
      expectation: components['schemas']['Expectation'];
      /**
       * Format: double
       * @description Probability inside the credible interval, 0 to 1.
       */
      interval: number;
      leans_on: components['schemas']['LeansOn'] | null;
      /**
       * Format: double
       * @description Probability of its band from which a letter is shown, 0 to 1; below it the range is.
       */
      min_letter_probability: number;
      /**
       * Format: double
       * @description Reliability below which the letter is withheld, 0 to 1.
       */
      min_reliability: number;
      peer_group: components['schemas']['PeerGroupName'] | null;
      /**
       * Format: double
       * @description Mean of the prior of the relative risk.
       */
      prior_mean: number | null;
      /**
       * Format: double
       * @description Variance of the prior.
       */
      prior_variance: number | null;
    };
    /**
     * @description What a component of the rating is measured against.
     * @enum {string}
     */
    ExposureKind: 'residents' | 'residents_and_visitors' | 'road_km';
    /**
     * @description What an exposure is counted in.
     * @enum {string}
     */
    ExposureUnit: 'person_years' | 'km_years';
    /** @description Where and when features are. */
    ExtentAnswer: {
      /** @description Where. */
      spatial: components['schemas']['SpatialExtentAnswer'];
      temporal?: components['schemas']['TemporalExtentAnswer'] | null;
    };
    /** @description What a verdict rests on. */
    FactsAnswer:
      components['schemas']['DeclaredFact'] | components['schemas']['ModelsAnswer'] | components['schemas']['SharesAnswer'];
    /** @description A criterion that is not met. */
    FailingCriterion: components['schemas']['CriterionVerdict'] & {
      /** @description Who is missing, kind by kind; only of a criterion on shares. */
      missing?: components['schemas']['MissingOfKind'][];
    };
    /**
     * @description The word by which GeoJSON knows a feature.
     * @enum {string}
     */
    FeatureType: 'Feature';
    /** @description The version and the hash of a file of rules or words. */
    FileVersion: {
      /** @description The first sixteen hexadecimal digits of its SHA-256. */
      hash: string;
      /** @description The version that the file names. */
      version: string;
    };
    /** @description What was asked for, without the periods. */
    FilterWithoutPeriod: {
      /** @description The ids of the categories asked for; null for all. */
      categories: string[] | null;
      /** @description The edition of the boundaries. */
      edition: components['schemas']['EditionId'];
      /** @description The least severity counted. */
      min_severity: components['schemas']['Severity'];
    };
    Fraction: [number, number];
    /** @description Where the area stands in the funnel of all, with the spread between areas allowed for. */
    FunnelFigures: {
      /** @description Whether it lies outside the inner limits. */
      outside_inner: boolean;
      /** @description Whether it lies outside the outer limits too. */
      outside_outer: boolean;
      /**
       * Format: double
       * @description Deviate of the square root.
       */
      z: number;
      /**
       * Format: double
       * @description The same with the spread between areas added.
       */
      z_adjusted: number;
    };
    /** @description Every area of every edition by its name. */
    GazetteerAnswer: {
      /** @description The areas of all editions and levels. */
      areas: components['schemas']['GazetteerArea'][];
      default_edition: components['schemas']['EditionId'] | null;
      /** @description The editions, the oldest first. */
      editions: components['schemas']['EditionId'][];
      /**
       * Format: int64
       * @description The state of the data; it grows with every change.
       */
      epoch: number;
      /** @description Single community models; only there for roles that see them. */
      models?: components['schemas']['GazetteerModel'][] | null;
      /** @description Whether the served data is the invented sample. */
      sample: boolean;
    };
    /** @description One area of one edition. */
    GazetteerArea: {
      /** @description The code within the edition. */
      code: components['schemas']['AreaCode'];
      /** @description By the id of another edition the area of it that holds most of this one. */
      counterparts: {
        [key: string]: components['schemas']['CounterpartArea'];
      };
      /** @description The edition of its boundary. */
      edition: components['schemas']['EditionId'];
      /** @description A point well inside, longitude and latitude in degrees. */
      label: [number, number];
      /** @description The level. */
      level: components['schemas']['Level'];
      /** @description The official name. */
      name: string;
      parent: components['schemas']['AreaCode'] | null;
    };
    /** @description One community model. */
    GazetteerModel: {
      code: components['schemas']['AreaCode'] | null;
      /** @description The stable id. */
      id: string;
      /** @description The id of its kind. */
      kind: string;
    };
    /** @description A GeoJSON geometry: degrees of longitude and latitude with seven decimals at most. */
    GeoJsonGeometry:
      | {
          /** @description Longitude and latitude. */
          coordinates: number[];
          /** @enum {string} */
          type: 'Point';
        }
      | {
          /** @description A shell and its holes. */
          coordinates: number[][][];
          /** @enum {string} */
          type: 'Polygon';
        }
      | {
          /** @description Polygons, each a shell and its holes. */
          coordinates: number[][][][];
          /** @enum {string} */
          type: 'MultiPolygon';
        };
    /**
     * @description The grade of an area: a letter, a range of letters, or why there is none.
     * @enum {string}
     */
    Grade: 'A' | 'B' | 'C' | 'D' | 'E' | 'range' | 'insufficient' | 'suppressed' | 'none';
    /** @description How a scheme forms the statistical grade. */
    GradeRuleAnswer: {
      /** @description Upper bounds of A, B, C and D on the relative risk. */
      bands: number[];
      /** @description Whose rates are expected of an area. */
      expectation: components['schemas']['Expectation'];
      /**
       * Format: double
       * @description Probability inside the credible interval, 0 to 1.
       */
      interval: number;
      /**
       * Format: double
       * @description Probability of its band from which a letter is shown, 0 to 1; below it the range is.
       */
      min_letter_probability: number;
      /**
       * Format: double
       * @description Reliability below which the letter is withheld, 0 to 1.
       */
      min_reliability: number;
      /** @description Whose spread an estimate leans on. */
      peers: components['schemas']['PeerUse'];
      /** @description Between these probabilities of lying above the common level nothing differs clearly. */
      unclear: number[];
    };
    /**
     * @description A group that an area may be compared with.
     * @enum {string}
     */
    Group: 'district' | 'peers' | 'province';
    /** @description What every answer on a filter begins with. */
    Heading: {
      /** @description The edition of the boundaries. */
      edition: components['schemas']['EditionId'];
      /**
       * Format: int64
       * @description The state of the data; it grows with every change that the role may notice.
       */
      epoch: number;
      /** @description The filter in its canonical form. */
      filter: components['schemas']['CanonicalFilter'];
      release: components['schemas']['ReleaseReference'] | null;
      requested: components['schemas']['UncutPeriod'] | null;
      /** @description Whether the served data is the invented sample. */
      sample: boolean;
      /** @description The rating scheme that the numbers were made with. */
      scheme: components['schemas']['SchemeReference'];
      /** @description The period that is counted. */
      window: components['schemas']['WindowSpan'];
    };
    /** @description That the server runs. */
    HealthAnswer: {
      /** @description Always `ok`. */
      status: components['schemas']['HealthStatus'];
    };
    /**
     * @description The one word of a server that runs.
     * @enum {string}
     */
    HealthStatus: 'ok';
    /** @description What was done with a message of a network. */
    HookAnswer: {
      /** @description How many reports, or parts of them, it held. */
      reports: number;
    };
    /** @description Whether high or low rates gather around the area, judged by the normal distribution: for analysts. */
    HotSpotFigures: {
      /**
       * Format: double
       * @description Two-sided p of Gi*.
       */
      gi_star_p: number;
      /**
       * Format: double
       * @description The same kept in check over the areas, by Benjamini and Hochberg.
       */
      gi_star_q: number;
      /**
       * Format: double
       * @description Gi* of the value, as a deviate.
       */
      gi_star_z: number;
      /** @description Which of them, if any. */
      kind: components['schemas']['HotSpotKind'];
      /**
       * Format: double
       * @description Local Moran of the value.
       */
      local_moran: number | null;
      /**
       * Format: double
       * @description Two-sided p of local Moran.
       */
      local_moran_p: number | null;
      /**
       * Format: double
       * @description The same kept in check over the areas.
       */
      local_moran_q: number | null;
      /**
       * Format: double
       * @description The same as a deviate.
       */
      local_moran_z: number | null;
      quadrant: components['schemas']['Quadrant'] | null;
      /**
       * Format: double
       * @description The area's rate as a deviate from the common one (Assunção and Reis).
       */
      value: number;
    };
    /**
     * @description Whether high or low rates gather.
     * @enum {string}
     */
    HotSpotKind: 'hot' | 'cold' | 'none';
    /** @description How hot spots are found. */
    HotSpotMethod: {
      /** @description What the statistic cannot promise. */
      caution: string;
      /**
       * Format: double
       * @description High or low rates gather below this q.
       */
      max_q: number;
      /**
       * Format: double
       * @description An area in which fewer incidents are expected takes no part.
       */
      min_expected: number;
      /** @description The statistic. */
      statistic: string;
      /** @description What is looked at in every area. */
      value: string;
    };
    /** @description An import and what became of it. */
    ImportAnswer: {
      edition: components['schemas']['EditionId'] | null;
      /**
       * Format: date-time
       * @description When it ended.
       */
      ended_at: string;
      /**
       * Format: int64
       * @description The state of the data after it.
       */
      epoch: number;
      /** @description The first rejected rows, without their values. */
      examples: components['schemas']['RejectedExample'][];
      /** @description The name of the file, without its folders. */
      file: string;
      /** @description What was imported, in the word of the command. */
      kind: string;
      level: components['schemas']['Level'] | null;
      /** @description The same for people. */
      name: components['schemas']['Names'];
      /**
       * Format: int64
       * @description Its number; later ones have greater ones.
       */
      number: number;
      /** @description Rejected rows by field, the field with the most first. */
      rejected_by_field: components['schemas']['RejectedField'][];
      /** @description What else was said of the file. */
      remarks: string[];
      /** @description Its rows. */
      rows: components['schemas']['ImportedRows'];
    };
    /** @description What imports did. */
    ImportedAnswer: {
      /**
       * Format: int64
       * @description Rows that were not there before.
       */
      added: number;
      /**
       * Format: int64
       * @description Rows that were there with other content.
       */
      corrected: number;
      /**
       * Format: int64
       * @description Rows that were there and are no longer.
       */
      withdrawn: number;
    };
    /** @description The rows of an import: `added + changed + unchanged + rejected = read`. */
    ImportedRows: {
      /**
       * Format: int64
       * @description Rows that were not there before.
       */
      added: number;
      /**
       * Format: int64
       * @description Rows that were there with other content.
       */
      changed: number;
      /**
       * Format: int64
       * @description Rows read.
       */
      read: number;
      /**
       * Format: int64
       * @description Rows that were not taken.
       */
      rejected: number;
      /**
       * Format: int64
       * @description Rows that were there and are no longer.
       */
      removed: number;
      /**
       * Format: int64
       * @description Rows of the sample that gave way.
       */
      sample_removed: number;
      /**
       * Format: int64
       * @description Rows that were there already, the same.
       */
      unchanged: number;
    };
    /** @description The last imports. */
    ImportsAnswer: {
      /** @description The imports, the newest first. */
      imports: components['schemas']['ImportAnswer'][];
      /**
       * Format: int32
       * @description How many imports are kept; with the next one the oldest goes.
       */
      most: number;
    };
    /** @description The cells with enough incidents, as a GeoJSON feature collection. */
    IncidentCellsAnswer: components['schemas']['Heading'] & {
      /** @description What the cells are, and what they leave out. */
      cells: components['schemas']['CellSummary'];
      /** @description The cells, from south to north and west to east. */
      features: components['schemas']['CellFeature'][];
      /** @description The name of the layer, by which GDAL and programs on top of it call it. */
      name: string;
      /** @description Always `FeatureCollection`. */
      type: components['schemas']['CollectionType'];
    };
    /** @description One incident as a GeoJSON feature. */
    IncidentFeature: {
      geometry: components['schemas']['GeoJsonGeometry'] | null;
      /** @description The stable id. */
      id: string;
      /** @description What is known of it. */
      properties: components['schemas']['IncidentProperties'];
      /** @description Always `Feature`. */
      type: components['schemas']['FeatureType'];
    };
    /** @description One page of incidents as a GeoJSON feature collection, for roles that see points. */
    IncidentPointsAnswer: components['schemas']['Heading'] & {
      /** @description The incidents, in the order of their ids. */
      features: components['schemas']['IncidentFeature'][];
      /** @description This page, and the next one where there is one. */
      links: components['schemas']['PageLink'][];
      /** @description The name of the layer, by which GDAL and programs on top of it call it. */
      name: string;
      /** @description How many incidents the filter and the bounds hold. */
      numberMatched: number;
      /** @description How many of them stand on this page. */
      numberReturned: number;
      /** @description Always `FeatureCollection`. */
      type: components['schemas']['CollectionType'];
    };
    /** @description The attributes of an incident. */
    IncidentProperties: {
      /** @description Category, or the most frequent one of a cell or square */
      category: string | null;
      /** @description How the incident was reported */
      channel: string | null;
      code: components['schemas']['AreaCode'] | null;
      /** @description Stable id of the incident (single incidents) */
      id: string;
      /** @description How exact the position is (single incidents) */
      precision: string | null;
      /** @description Severity 1 to 5, or the greatest one of a cell */
      severity: number;
      /** @description What became of the incident */
      status: string | null;
      /**
       * Format: date-time
       * @description Local time, RFC 3339 (single incidents)
       */
      time: string;
    };
    /** @description One feature of a collection with its links. */
    ItemAnswer: components['schemas']['ItemFeature'] & {
      /** @description This feature, its other form, and its collection. */
      links: components['schemas']['ApiLink'][];
    };
    /** @description One feature of a collection. */
    ItemFeature: {
      geometry: components['schemas']['GeoJsonGeometry'] | null;
      /** @description The id within the collection. */
      id: string;
      /** @description What is said of it; what is not known is null. */
      properties: Record<string, never>;
      /** @description Always `Feature`. */
      type: components['schemas']['FeatureType'];
    };
    /** @description A page of features. */
    ItemsAnswer: {
      /** @description The features. */
      features: components['schemas']['ItemFeature'][];
      /** @description This page, its other forms, and the next one where there is one. */
      links: components['schemas']['ApiLink'][];
      /** @description How many features the question holds. */
      numberMatched: number;
      /** @description How many of them stand on this page. */
      numberReturned: number;
      /** @description Always `FeatureCollection`. */
      type: components['schemas']['CollectionType'];
    };
    /** @description The window judged for a kind of unit. */
    JudgedWindow: {
      circular: components['schemas']['CircularAnswer'] | null;
      /** @description The window. */
      window: components['schemas']['StatutoryWindow'];
    };
    /** @description What an operator sends. Which members have to be there follows from the decision. */
    JudgementRequest: {
      /** @description Accept: the code of the commune, where no point is known. */
      area_code?: string | null;
      /** @description Accept: the id of the category. */
      category?: string | null;
      /** @description What is decided. */
      decision: components['schemas']['DecisionKind'];
      /** @description Accept: the edition of the commune, where no point is known. */
      edition?: string | null;
      /** @description Merge: the id of an incident. */
      incident?: string | null;
      /**
       * Format: double
       * @description Accept: the latitude.
       */
      lat?: number | null;
      /**
       * Format: double
       * @description Accept: the longitude, where it is known to a point.
       */
      lon?: number | null;
      /** @description Reject: why. */
      reason?: string | null;
      /** @description Merge: the number of another report. */
      report?: string | null;
      /**
       * Format: int32
       * @description Accept: the severity, from 1 to 5.
       */
      severity?: number | null;
      /** @description Accept: when it happened, where that is not what the report says. */
      time?: string | null;
    };
    /** @description A kind of community model where an alert is. */
    KindBesideAnswer: {
      /**
       * Format: int32
       * @description Its models that run there; 0 where there is none.
       */
      active: number;
      /** @description The id of the kind. */
      kind: string;
      /** @description Its name. */
      name: components['schemas']['Names'];
    };
    /** @description Units of a kind under a commune, counted. */
    KindCountsAnswer: {
      /**
       * Format: int32
       * @description Those that are recognised.
       */
      recognised: number;
      /**
       * Format: int32
       * @description How many of the units must be recognised.
       */
      recognised_needed: number;
      /** @description Whether the register says how many units there are. */
      register: components['schemas']['RegisterCoverage'];
      /**
       * Format: int32
       * @description Those that registered.
       */
      registered: number;
      /**
       * Format: int32
       * @description Units on the roll.
       */
      units: number;
      /**
       * Format: int32
       * @description Those that are not.
       */
      unrecognised: number;
      /**
       * Format: int32
       * @description Those that did not.
       */
      unregistered: number;
    };
    /** @description The community models of one kind in an area. */
    KindDensity: components['schemas']['KindReach'] & {
      /** @description The id of the kind. */
      kind: string;
      /** @description Its name for people. */
      name: components['schemas']['Names'];
    };
    /**
     * @description Why a kind is looked at in that way.
     * @enum {string}
     */
    KindMethodReason: 'enough_inside' | 'too_few_inside';
    /**
     * @description How the effect of a kind is looked at.
     * @enum {string}
     */
    KindMethodWord: 'comparison_places' | 'communes_over_quarters';
    /**
     * @description How many models of one kind there are, how densely, and whom they reach. Reaches of different kinds are not united,
     *     so there is no such share over all kinds.
     */
    KindReach: components['schemas']['CountedDensity'] & {
      /**
       * Format: double
       * @description Share of residents within reach of a model of the kind, spread evenly over communes or, for kinds that work over
       *     an area, over their residential areas, 0 to 1; null for the public, and where no residential area is known that a
       *     team works for.
       */
      coverage: number | null;
    };
    /** @description One kind of unit under a commune. */
    KindShareAnswer: {
      /** @description The counts. */
      counts: components['schemas']['KindCountsAnswer'];
      /** @description The kind. */
      kind: components['schemas']['UnitKind'];
      /** @description The units that are missing, by name. */
      missing: components['schemas']['MissingUnits'];
      /** @description What they say by themselves. */
      verdict: components['schemas']['StatutoryVerdict'];
      /** @description The id of the window in which it was counted. */
      window: string;
    };
    /** @description What this server is, and where its documents are. */
    LandingAnswer: {
      /** @description What it offers. */
      description: string;
      /** @description Where. */
      links: components['schemas']['ApiLink'][];
      /** @description The name of the server. */
      title: string;
    };
    /**
     * @description Whose spread an estimate leans on.
     * @enum {string}
     */
    LeansOn: 'peers' | 'all';
    /**
     * @description A band of the relative risk, A the lowest.
     * @enum {string}
     */
    Letter: 'A' | 'B' | 'C' | 'D' | 'E';
    /**
     * @description The level of an area in the administrative hierarchy.
     * @enum {string}
     */
    Level: 'province' | 'district' | 'commune';
    /**
     * @description Which page a link leads to.
     * @enum {string}
     */
    LinkRelation: 'self' | 'next';
    /** @description The rank test of Mann and Kendall. */
    MannKendallAnswer: {
      /**
       * Format: double
       * @description Two-sided probability.
       */
      p: number;
      /**
       * Format: double
       * @description Rises less falls over all pairs, −1 to 1.
       */
      tau: number;
      /**
       * Format: double
       * @description The statistic in standard deviations.
       */
      z: number;
    };
    /** @description A count with its person-years and its rate; what is hidden or not known is null. */
    MeasuredFigures: {
      /**
       * Format: int32
       * @description Incidents, with a point or without.
       */
      incidents: number | null;
      /**
       * Format: double
       * @description Residents × years.
       */
      person_years: number | null;
      /**
       * Format: int32
       * @description Residents at the middle of the period.
       */
      population: number | null;
      /**
       * Format: double
       * @description Incidents per 100,000 person-years.
       */
      rate: number | null;
      /**
       * Format: double
       * @description Upper limit of the rate.
       */
      rate_high: number | null;
      /**
       * Format: double
       * @description Lower limit of the rate.
       */
      rate_low: number | null;
    };
    /** @description What the page needs to draw itself: the choices that the role has. */
    MetaAnswer: {
      /** @description The attributes that tiles and answers carry for the role. */
      attributes: components['schemas']['AttributeTables'];
      /** @description The categories of incidents. */
      categories: components['schemas']['CategoryAnswer'][];
      /** @description The components of the default scheme. */
      components: components['schemas']['SchemeComponentAnswer'][];
      coverage: components['schemas']['CoverageAnswer'] | null;
      default_edition: components['schemas']['EditionId'] | null;
      /** @description The id of the scheme used when none is asked for. */
      default_scheme: string;
      /** @description The id of the window used when none is asked for; null where the role may request none. */
      default_window: string | null;
      /** @description The loaded editions, the oldest first. */
      editions: components['schemas']['EditionAnswer'][];
      /**
       * Format: int64
       * @description The state of the data; it grows with every change.
       */
      epoch: number;
      /**
       * Format: date
       * @description The day on which the first release to the public is due; null where one is made, or where none will be.
       */
      first_release_due: string | null;
      /** @description How the default scheme forms the grade. */
      grade: components['schemas']['GradeRuleAnswer'];
      /** @description The kinds of community model. */
      model_kinds: components['schemas']['ModelKindEntryAnswer'][];
      /** @description The groups of areas that live alike. */
      peer_groups: components['schemas']['NamedEntry'][];
      release: components['schemas']['ReleaseReference'] | null;
      /** @description The role of who asks. */
      role: components['schemas']['Role'];
      /** @description The rule file in force. */
      rules: components['schemas']['FileVersion'];
      /** @description Whether the served data is the invented sample. */
      sample: boolean;
      /** @description The rating schemes that the role may request. */
      schemes: components['schemas']['SchemeAnswer'][];
      /** @description The severities, the least first. */
      severities: components['schemas']['SeverityAnswer'][];
      /** @description The windows that the role may request. */
      windows: components['schemas']['WindowAnswer'][];
    };
    /** @description The missing units of a kind. */
    MissingOfKind: {
      /** @description The kind of unit. */
      kind: components['schemas']['UnitKind'];
      /** @description The units, by name. */
      missing: components['schemas']['MissingUnits'];
    };
    /** @description The units that are missing, by name. */
    MissingUnits: {
      /** @description Units on the register of which nobody said whether they registered. */
      silent: components['schemas']['UnitName'][];
      /** @description Units that registered and are not recognised. */
      unrecognised: components['schemas']['UnitName'][];
      /** @description Units that did not register. */
      unregistered: components['schemas']['UnitName'][];
    };
    /** @description All that is known of one community model. */
    ModelAnswer: components['schemas']['ModelHeading'] & {
      /** @description The models replicated from it. */
      children: components['schemas']['RelatedModel'][];
      /** @description What happened to it, the earliest event first. */
      life_cycle: components['schemas']['ModelEventAnswer'][];
      /** @description The model itself. */
      model: components['schemas']['ModelDetails'];
      parent: components['schemas']['RelatedModel'] | null;
      /** @description Its reviews, the earliest first. */
      reviews: components['schemas']['ReviewAnswer'][];
    };
    /** @description The active community models of one area. */
    ModelCountRow: {
      /** @description The same by kind; kinds without a model are left out. */
      by_kind: components['schemas']['KindDensity'][];
      /** @description The code within the edition. */
      code: components['schemas']['AreaCode'];
      /** @description The level. */
      level: components['schemas']['Level'];
      /**
       * Format: int32
       * @description How many models are active.
       */
      models: number;
      /** @description The official name. */
      name: string;
    };
    /** @description How many community models are active in each area: what the public gets. */
    ModelCountsAnswer: components['schemas']['ActiveModelsHeading'] & {
      /** @description The areas of the level. */
      areas: components['schemas']['ModelCountRow'][];
    };
    /** @description A community model, with the area of the edition in which it stands. */
    ModelDetails: {
      /** @description The name of its commune. */
      area_name: string | null;
      code: components['schemas']['AreaCode'] | null;
      /**
       * Format: date
       * @description The first day it no longer ran; null while it runs.
       */
      ended_on: string | null;
      /** @description The id of the field of the movement it belongs to; null as `kind_name` is. */
      field: string | null;
      /** @description The stable id. */
      id: string;
      /** @description The id of its kind. */
      kind: string;
      kind_name: components['schemas']['Names'] | null;
      /** @description How it came to be. */
      origin: components['schemas']['ModelOrigin'];
      position: components['schemas']['GeoJsonGeometry'] | null;
      reach: components['schemas']['ReachAnswer'] | null;
      /** @description The id of the residential area it serves. */
      residential_area: string | null;
      /**
       * Format: date
       * @description The first day it ran.
       */
      started_on: string;
    };
    /** @description The effect of one model, with that of its kind. */
    ModelEffectAnswer: components['schemas']['ModelHeading'] & {
      /** @description The days from its start on that are looked at. */
      after: components['schemas']['PeriodDates'];
      /** @description The days before its start that are compared: the window before the last one. */
      before: components['schemas']['PeriodDates'];
      both_windows: components['schemas']['BothWindowsAnswer'] | null;
      /** @description The codes of the communes of the comparison places, the best-matched first. */
      comparison_areas: components['schemas']['AreaCode'][] | null;
      /** @description The ids of the components whose incidents are counted. */
      components: string[];
      displacement: components['schemas']['DisplacementAnswer'] | null;
      inside: components['schemas']['EffectCounts'] | null;
      /** @description The last window before its start, in which comparison places are like it. */
      matched: components['schemas']['PeriodDates'];
      /** @description How effects are looked at. */
      method: components['schemas']['EffectMethod'];
      /** @description The model itself. */
      model: components['schemas']['ModelDetails'];
      /** @description The pooled effect of its kind. */
      of_kind: components['schemas']['PooledEffect'];
      ratio: components['schemas']['RatioAnswer'] | null;
      ring: components['schemas']['EffectCounts'] | null;
      ring_ratio: components['schemas']['RatioAnswer'] | null;
      /** @description The same as a sentence. */
      sentence: components['schemas']['Names'];
      /** @description What can be said. */
      verdict: components['schemas']['EffectVerdictAnswer'];
    };
    /** @description One event in the history of a model. */
    ModelEventAnswer: {
      /** @description The number of the decision, where one was given. */
      decision: string | null;
      /** @description What happened. */
      event: components['schemas']['ModelEventWord'];
      /**
       * Format: date
       * @description The day.
       */
      on: string;
      result: components['schemas']['Review'] | null;
    };
    /**
     * @description What happened to a model, in one word.
     * @enum {string}
     */
    ModelEventWord: 'built' | 'replicated' | 'kept' | 'reviewed' | 'adjusted' | 'retired';
    /** @description One community model as a GeoJSON feature. */
    ModelFeature: {
      geometry: components['schemas']['GeoJsonGeometry'] | null;
      /** @description The stable id of the model. */
      id: string;
      /** @description What is known of it. */
      properties: components['schemas']['ModelProperties'];
      /** @description Always `Feature`. */
      type: components['schemas']['FeatureType'];
    };
    /** @description A field of the movement. */
    ModelFieldAnswer: {
      /** @description The English name. */
      en: string;
      /** @description The id. */
      id: string;
      /** @description The Vietnamese name. */
      vi: string;
    };
    /** @description What answers on single models begin with. */
    ModelHeading: {
      /** @description The edition of the boundaries. */
      edition: components['schemas']['EditionId'];
      /**
       * Format: int64
       * @description The state of the data; it grows with every change.
       */
      epoch: number;
      /** @description The rule file in force. */
      rules: components['schemas']['FileVersion'];
      /** @description Whether the served data is the invented sample. */
      sample: boolean;
    };
    /** @description One kind of community model. */
    ModelKindAnswer: {
      /** @description Models that should be looked at; null for the public. */
      candidates: components['schemas']['CandidateAnswer'][] | null;
      /** @description The ids of the components whose incidents it is meant to touch. */
      components: string[];
      density: components['schemas']['KindReach'] | null;
      effect: components['schemas']['PooledEffect'] | null;
      field: components['schemas']['ModelFieldAnswer'] | null;
      /** @description The id. */
      id: string;
      /** @description Its name for people. */
      name: components['schemas']['Names'];
      /** @description How far it works. */
      reach: components['schemas']['ReachAnswer'];
      /** @description Its stock by window. */
      stock: components['schemas']['StockAnswer'][];
    };
    /** @description A kind of community model. */
    ModelKindEntryAnswer: {
      /** @description The id of the field of the movement it belongs to. */
      field: string;
      /** @description The id. */
      id: string;
      /** @description Its name for people. */
      name: components['schemas']['Names'];
      /**
       * Format: double
       * @description How far it works, in metres; null where it works over its whole commune.
       */
      reach_m: number | null;
    };
    /** @description Every kind of community model. */
    ModelKindsAnswer: components['schemas']['Heading'] & {
      density: components['schemas']['CountedDensity'] | null;
      /** @description The kinds in the order of the rule file. */
      kinds: components['schemas']['ModelKindAnswer'][];
      method: components['schemas']['EffectMethod'] | null;
      /**
       * Format: date
       * @description The day of the densities: the last one of the period.
       */
      on: string;
      /** @description The stock of all kinds together, by window. */
      stock: components['schemas']['StockAnswer'][];
    };
    /**
     * @description How a model came to be.
     * @enum {string}
     */
    ModelOrigin: 'new' | 'replicated';
    /** @description Active community models as a GeoJSON feature collection, for roles that see single models. */
    ModelPointsAnswer: components['schemas']['ActiveModelsHeading'] & {
      /** @description The models. */
      features: components['schemas']['ModelFeature'][];
      /** @description The name of the layer, by which GDAL and programs on top of it call it. */
      name: string;
      /** @description Always `FeatureCollection`. */
      type: components['schemas']['CollectionType'];
    };
    /** @description The attributes of a community model. */
    ModelProperties: {
      code: components['schemas']['AreaCode'] | null;
      /**
       * Format: date
       * @description Day from which the model is no longer active
       */
      ended_on: string | null;
      /** @description Stable id of the model */
      id: string;
      /** @description Kind of model, an id of the rule file */
      kind: string;
      /** @description How the model came about */
      origin: components['schemas']['ModelOrigin'];
      /** @description Id of the model it was copied from */
      parent_id: string | null;
      review: components['schemas']['Review'] | null;
      /**
       * Format: date
       * @description Day of the last review
       */
      reviewed_on: string | null;
      /**
       * Format: date
       * @description First day of the model
       */
      started_on: string;
    };
    /** @description The models of a commune in a window. */
    ModelsAnswer: {
      /**
       * Format: int32
       * @description Models that ran on some day of the window.
       */
      active: number;
      /**
       * Format: int32
       * @description Those whose last review was at least the one needed.
       */
      effective: number;
      /**
       * Format: int32
       * @description Those without a review by the end of the window.
       */
      unreviewed: number;
    };
    /** @description How many models must have worked effectively. */
    ModelThreshold: {
      /**
       * Format: int32
       * @description The least number of effective models.
       */
      effective_models: number;
      /** @description The least review of an effective model. */
      least_review: components['schemas']['Review'];
    };
    /**
     * @description A grade of the movement "Toàn dân bảo vệ an ninh Tổ quốc".
     * @enum {string}
     */
    MovementGrade: 'excellent' | 'good' | 'average' | 'weak';
    /** @description A grade of the movement, with its name. */
    MovementGradeAnswer: {
      /** @description The grade. */
      grade: components['schemas']['MovementGrade'];
      /** @description Its name for people. */
      name: components['schemas']['Names'];
    };
    /** @description Something that has an id and a name. */
    NamedEntry: {
      /** @description The id. */
      id: string;
      /** @description Its name for people. */
      name: components['schemas']['Names'];
    };
    /** @description One name in both languages. */
    Names: {
      /** @description The English name. */
      en: string;
      /** @description The Vietnamese name. */
      vi: string;
    };
    /** @description An incident that is near a report. */
    NearIncidentAnswer: {
      /** @description What happened. */
      category: components['schemas']['ReportTermAnswer'];
      /**
       * Format: date-time
       * @description When it happened, in local time.
       */
      happened_at: string;
      /** @description The id of the incident. */
      id: string;
      /** @description How near it is. */
      nearness: components['schemas']['NearnessAnswer'];
      /** @description Where. */
      place: components['schemas']['ReportPlaceAnswer'];
      /** @description How severe it was. */
      severity: components['schemas']['Severity'];
    };
    /** @description How near something is. */
    NearnessAnswer: {
      /**
       * Format: double
       * @description Metres; null where one of the two is known by its commune alone.
       */
      distance_m: number | null;
      /**
       * Format: double
       * @description Hours between the two; negative for what was before.
       */
      hours_apart: number;
    };
    /** @description A report that is near another. */
    NearReportAnswer: {
      /** @description How near it is. */
      nearness: components['schemas']['NearnessAnswer'];
      /** @description The report. */
      report: components['schemas']['ReportAnswer'];
    };
    /** @description One of the newest incidents. */
    NewestIncident: {
      area: components['schemas']['AreaName'] | null;
      /** @description The id of the category. */
      category: string;
      /** @description The stable id. */
      id: string;
      /**
       * Format: double
       * @description The same, latitude.
       */
      lat: number | null;
      /**
       * Format: double
       * @description Where it is drawn, longitude; null where it has no point.
       */
      lon: number | null;
      /**
       * Format: int32
       * @description Its severity, 1 to 5.
       */
      severity: number;
      /** @description When it happened, in local time. */
      time: string;
    };
    /**
     * @description Why nothing can be said of a model or a kind.
     * @enum {string}
     */
    Obstacle:
      | 'no_place'
      | 'not_covered'
      | 'ended_too_soon'
      | 'kind_was_there'
      | 'no_comparison_place'
      | 'too_few_before'
      | 'too_few_communes';
    /** @description The frame for an address of this server, by oEmbed 1.0. */
    OembedAnswer: {
      /**
       * Format: int32
       * @description Seconds for which the answer may be kept.
       */
      cache_age: number;
      /**
       * Format: int32
       * @description Height of the frame in CSS pixels.
       */
      height: number;
      /** @description The frame. */
      html: string;
      /** @description The name of this site. */
      provider_name: string;
      /** @description The address of this site. */
      provider_url: string;
      /**
       * Format: int32
       * @description Height of that image in pixels.
       */
      thumbnail_height?: number;
      /** @description The address of an image of the view. */
      thumbnail_url?: string;
      /**
       * Format: int32
       * @description Width of that image in pixels.
       */
      thumbnail_width?: number;
      /** @description The title of the view. */
      title: string;
      /** @description What is embedded: HTML. */
      type: components['schemas']['OembedType'];
      /** @description The version of oEmbed. */
      version: string;
      /**
       * Format: int32
       * @description Width of the frame in CSS pixels.
       */
      width: number;
    };
    /**
     * @description The type of an oEmbed resource.
     * @enum {string}
     */
    OembedType: 'rich';
    /** @description The other areas of a group, pooled. */
    OthersAnswer: components['schemas']['MeasuredFigures'] & {
      /** @description What became of the area itself. */
      area_itself: components['schemas']['AreaItself'];
      /** @description How many areas are pooled. */
      areas: number;
      /** @description The group. */
      group: components['schemas']['Group'];
      /** @description Its name for people. */
      name: components['schemas']['Names'];
      /** @description How many are left out, because nobody knows their residents. */
      without_population: number;
    };
    /** @description A link to a page. */
    PageLink: {
      /** @description The address of the page. */
      href: string;
      /** @description Which page. */
      rel: components['schemas']['LinkRelation'];
      /** @description The media type of the page. */
      type: string;
    };
    /** @description Two areas and what differs between them. */
    PairAnswer: components['schemas']['DifferenceFigures'] & {
      /** @description The code of the first. */
      first: components['schemas']['AreaCode'];
      /** @description The code of the second. */
      second: components['schemas']['AreaCode'];
    };
    /** @description What communes over quarters show. */
    PanelAnswer: {
      /**
       * Format: int32
       * @description Communes with incidents in two quarters or more of exposure.
       */
      communes: number;
      /**
       * Format: double
       * @description The same clustered by commune, with the factor G/(G − 1).
       */
      error_clustered: number;
      /**
       * Format: double
       * @description The same by leaving one commune out (CR3); the limits take the largest.
       */
      error_jackknife: number;
      /**
       * Format: double
       * @description Standard error of the logarithm of the ratio if counts were Poisson and independent.
       */
      error_poisson: number;
      /**
       * Format: int64
       * @description Incidents counted.
       */
      incidents: number;
      /**
       * Format: int32
       * @description Quarters with incidents.
       */
      quarters: number;
      /**
       * Format: int32
       * @description Communes in which nothing happened.
       */
      silent: number;
      /**
       * Format: int32
       * @description Of these, those in which the kind came or went.
       */
      switching: number;
    };
    /**
     * @description What a count is of.
     * @enum {string}
     */
    PartKind: 'all' | 'component' | 'category';
    /** @description The prior of one peer group. */
    PeerGroupMethod: components['schemas']['PriorAnswer'] & {
      /** @description How many areas with exposure it has. */
      areas: number;
      /** @description The id of the group. */
      group: string | null;
      /** @description Whose spread its areas lean on. */
      leans_on: components['schemas']['LeansOn'];
    };
    /** @description A peer group by id and name. */
    PeerGroupName: {
      /** @description The id. */
      id: string;
      /** @description The name for people. */
      name: components['schemas']['Names'];
    };
    /** @description The peer groups that estimates lean on. */
    PeersMethod: {
      /** @description By what areas are grouped. */
      by: components['schemas']['PeerUse'];
      /** @description Whose rates are expected of an area. */
      expectation: components['schemas']['Expectation'];
      /** @description The groups with their priors. */
      groups: components['schemas']['PeerGroupMethod'][];
      /** @description The first sixteen hexadecimal digits of the SHA-256 of that file. */
      hash: string;
      /** @description A group of fewer areas leans on all. */
      min_areas: number;
      /** @description The version of the file of groups. */
      version: string;
    };
    /**
     * @description Whose spread an estimate leans on.
     * @enum {string}
     */
    PeerUse: 'none' | 'terrain';
    /** @description A period as files and answers write it. */
    PeriodDates: {
      /**
       * Format: date
       * @description The first day.
       */
      from: string;
      /**
       * Format: date
       * @description The day after the last.
       */
      to: string;
    };
    /**
     * @description How units of several kinds are compared with a threshold.
     * @enum {string}
     */
    Pool: 'each' | 'pooled';
    /** @description The pooled effect of all models of a kind. */
    PooledEffect: {
      /**
       * Format: int64
       * @description Incidents inside the reaches of these in the window before the last one.
       */
      before: number;
      communes: components['schemas']['PanelAnswer'] | null;
      comparisons: components['schemas']['ComparisonsAnswer'] | null;
      /** @description The id of the kind. */
      kind: string | null;
      /** @description How the kind is looked at. */
      method: components['schemas']['KindMethodWord'];
      /**
       * Format: int32
       * @description How many models are pooled.
       */
      models: number;
      /**
       * Format: double
       * @description Of no difference: the larger p of both comparisons; 1 where they point in different directions.
       */
      p: number | null;
      /**
       * Format: double
       * @description The same over all kinds with an answer (Benjamini and Hochberg); a verdict needs less than `method.max_q`.
       */
      q: number | null;
      /**
       * Format: double
       * @description Of a drop that is just useful, over all kinds looked at inside their reaches.
       */
      q_useful: number | null;
      ratio: components['schemas']['RatioAnswer'] | null;
      /** @description Why: what happened inside the reaches was enough to be counted, or too little. */
      reason: components['schemas']['KindMethodReason'];
      /** @description The same as a sentence. */
      sentence: components['schemas']['Names'];
      /** @description What can be said of the kind. */
      verdict: components['schemas']['EffectVerdictAnswer'];
    };
    /** @description A gamma distribution. */
    PosteriorAnswer: {
      /** @description The family: `gamma`. */
      distribution: string;
      /**
       * Format: double
       * @description Its rate, 1 over the scale.
       */
      rate: number;
      /**
       * Format: double
       * @description Its shape.
       */
      shape: number;
    };
    /** @description The prior that estimates are drawn to; all null where nothing can be rated. */
    PriorAnswer: {
      /**
       * Format: double
       * @description Points that one independent event is worth.
       */
      dispersion: number | null;
      /**
       * Format: double
       * @description Mean of the prior of the relative risk.
       */
      prior_mean: number | null;
      /**
       * Format: double
       * @description Variance of the prior.
       */
      prior_variance: number | null;
    };
    /** @description Why a request gets no answer, in the language of the client. */
    ProblemAnswer: components['schemas']['ProblemMembers'] & {
      /** @description What is wrong with this request. */
      detail: string;
      /** @description The path that was asked for. */
      instance: string;
      /**
       * Format: int32
       * @description The status code of HTTP.
       */
      status: number;
      /** @description The kind of problem in a few words. */
      title: string;
      /** @description The address that explains the kind of problem. */
      type: string;
    };
    /** @description What a kind of problem means. */
    ProblemKindAnswer: {
      /** @description What it means. */
      description: components['schemas']['Names'];
      /** @description The last part of the address of the kind. */
      kind: string;
      /** @description The kind in a few words. */
      title: components['schemas']['Names'];
    };
    /** @description The members of a problem that a program can use; each is there only where the kind has it. */
    ProblemMembers: {
      /** @description The parameters that the address takes. */
      allowed?: string[] | null;
      /** @description The days on which incidents are known. */
      covered?: components['schemas']['PeriodDates'][] | null;
      /** @description The member of the body that is wrong. */
      field?: string | null;
      /** @description The values there are. */
      known?: string[];
      needed?: components['schemas']['Role'] | null;
      /** @description The media types that are offered. */
      offered?: string[] | null;
      /** @description The parameter that is wrong. */
      parameter?: string | null;
      /** @description The features that were not taken. */
      rejected?: components['schemas']['RejectedFeature'][] | null;
      /** @description What the public may ask for instead. */
      released?: string[] | null;
      role?: components['schemas']['Role'] | null;
      /** @description The version of what was to be changed, as it is now. */
      version?: string | null;
    };
    /** @description The attributes of a layer as a JSON schema. */
    PropertiesSchema: {
      /** @description The attributes by their names. */
      properties: {
        [key: string]: components['schemas']['PropertyType'];
      };
      /** @description An object. */
      type: components['schemas']['SchemaWord'];
    };
    /** @description The type of an attribute. */
    PropertyType: {
      /** @description The type. */
      type: components['schemas']['SchemaWord'];
    };
    /**
     * @description What is proposed.
     * @enum {string}
     */
    Proposal: 'retire' | 'replicate';
    /**
     * @description Where an area and its neighbours stand against the mean.
     * @enum {string}
     */
    Quadrant: 'HH' | 'LH' | 'LL' | 'HL';
    /** @description One rate over another with its limits; null where nothing can be said, or not to the role. */
    RateRatioFigures: {
      /**
       * Format: double
       * @description Exact upper limit of the ratio; null when it is unbounded.
       */
      high: number | null;
      /**
       * Format: double
       * @description Exact lower limit of the ratio.
       */
      low: number | null;
      /**
       * Format: double
       * @description Two-sided p of equal rates: exact conditional in a comparison, mid-P of a trend.
       */
      p: number | null;
      /**
       * Format: double
       * @description The same over all that is compared (Benjamini-Hochberg).
       */
      q: number | null;
      /**
       * Format: double
       * @description First rate over second; of a trend, now over the window before. Null when nothing happened in the second.
       */
      rate_ratio: number | null;
    };
    /** @description How the areas of a level were rated. */
    RatingMethod: components['schemas']['PriorAnswer'] & {
      /** @description Upper bounds of A, B, C and D on the relative risk. */
      bands: number[];
      /** @description From which counts everything is computed. */
      basis: components['schemas']['CountBasis'];
      /** @description Where the method is described in words and formulas, below the base path. */
      described: string;
      /** @description Coverage of the inner and of the outer limits of the funnel, 0 to 1. */
      funnel_levels: number[];
      /** @description How hot spots are found. */
      hot_spots: components['schemas']['HotSpotMethod'];
      /**
       * Format: double
       * @description Probability inside the credible interval, 0 to 1.
       */
      interval: number;
      /**
       * Format: double
       * @description Probability of its band from which a letter is shown, 0 to 1; below it the range is.
       */
      min_letter_probability: number;
      /**
       * Format: double
       * @description Reliability below which the letter is withheld, 0 to 1.
       */
      min_reliability: number;
      peers: components['schemas']['PeersMethod'] | null;
      /** @description The unit of every rate. */
      rate_unit: string;
      residents_base: components['schemas']['ResidentsBase'] | null;
    };
    /** @description One area: its attributes, and what a table has room for. */
    RatingRow: components['schemas']['AreaMembers'] & {
      /** @description Certification shares by kind of unit. */
      certification: components['schemas']['CertificationShareAnswer'][];
      funnel: components['schemas']['FunnelFigures'] | null;
      hot_spot_figures: components['schemas']['HotSpotFigures'] | null;
      trend_figures: components['schemas']['TrendRowFigures'] | null;
      /** @description Observed to expected, every incident counting the same. */
      unweighted: components['schemas']['UnweightedFigures'];
    };
    /** @description The ratings of a level. */
    RatingsAnswer: components['schemas']['Heading'] & {
      /** @description One row per area, in the order of codes. */
      areas: components['schemas']['RatingRow'][];
      /** @description The level of the areas. */
      level: components['schemas']['Level'];
      /** @description How they were rated. */
      method: components['schemas']['RatingMethod'];
      /** @description Sums over the edition. */
      totals: components['schemas']['TotalsAnswer'];
      trend: components['schemas']['TrendRuleAnswer'] | null;
    };
    /** @description A ratio of two changes with its limits. */
    RatioAnswer: {
      /**
       * Format: double
       * @description Upper limit.
       */
      high: number;
      /**
       * Format: double
       * @description Lower limit.
       */
      low: number;
      /**
       * Format: double
       * @description Two-sided probability of a ratio as far from 1.
       */
      p: number;
      /**
       * Format: double
       * @description The ratio; below 1 where the model fell more.
       */
      ratio: number;
    };
    /** @description How far a kind of model works. */
    ReachAnswer:
      | {
          /**
           * Format: double
           * @description The distance in metres.
           */
          metres: number;
        }
      | {
          /** @description The level of that area. */
          area: components['schemas']['ReachArea'];
        };
    /**
     * @description The areas over which a kind of model may work.
     * @enum {string}
     */
    ReachArea: 'commune';
    /** @description That the server has something to serve. */
    ReadinessAnswer: {
      /**
       * Format: int64
       * @description The state of the data that is served.
       */
      epoch: number;
      /** @description Always `ready`; until then the answer is a problem. */
      status: components['schemas']['ReadinessStatus'];
    };
    /**
     * @description The one word of a server that serves.
     * @enum {string}
     */
    ReadinessStatus: 'ready';
    /** @description The receipt of a report, and how far it is handled. */
    ReceiptAnswer: {
      /** @description The number under which its sender may ask for it. */
      number: components['schemas']['ReportNumber'];
      /** @description How far it is handled: `received`, `in_review`, `taken_up` or `not_taken_up`. */
      status: components['schemas']['ReportStatus'];
    };
    /** @description What was written since a moment. */
    RecentAnswer: {
      /**
       * Format: int64
       * @description Incidents that requests added and that are there.
       */
      added: number;
      /**
       * Format: int64
       * @description Incidents that were there and that requests wrote anew.
       */
      corrected: number;
      /** @description What imports of incidents did, file by file added up. */
      imported: components['schemas']['ImportedAnswer'];
      /** @description The incidents that requests wrote, the last written first, at most 200; null for planners. */
      incidents: components['schemas']['RecentIncidentAnswer'][] | null;
      /** @description Since when, in local time: a whole number of days before this minute. */
      since: string;
      /**
       * Format: int64
       * @description Incidents that requests withdrew.
       */
      withdrawn: number;
    };
    /** @description An incident that a request wrote. */
    RecentIncidentAnswer: {
      /** @description The id of the category. */
      category: string;
      commune: components['schemas']['AreaName'] | null;
      /** @description The stable id. */
      id: string;
      /**
       * Format: int32
       * @description Its severity, 1 to 5.
       */
      severity: number;
      /** @description When it happened, in local time. */
      time: string;
      /** @description What was done, all that was done since taken together. */
      what: components['schemas']['RecentWord'];
      /** @description When it was written last, in local time. */
      when: string;
    };
    /**
     * @description What was done with an incident.
     * @enum {string}
     */
    RecentWord: 'added' | 'corrected' | 'withdrawn';
    /**
     * @description Whether the register says how many units there are.
     * @enum {string}
     */
    RegisterCoverage: 'complete' | 'unknown';
    /** @description A row that was rejected, without its value. */
    RejectedExample: {
      /** @description The field; empty where the row as a whole is wrong. */
      field: string;
      /**
       * Format: int64
       * @description The line on which it begins.
       */
      line: number;
      /** @description What is wrong with it. */
      reason: string;
    };
    /** @description A feature that was not taken. */
    RejectedFeature: {
      /**
       * Format: int64
       * @description Its number in the request, from 1.
       */
      feature: number;
      /** @description The field at fault; empty where the feature as a whole is. */
      field: string;
      /** @description What is wrong with it. */
      reason: string;
      /** @description The value of the field, short enough to be shown. */
      value: string;
    };
    /** @description How many rows were rejected for a field. */
    RejectedField: {
      /** @description The field; empty where the row as a whole is wrong. */
      field: string;
      /**
       * Format: int64
       * @description The rows.
       */
      rows: number;
    };
    /** @description A model from which another was replicated, or that was replicated from it. */
    RelatedModel: {
      /**
       * Format: date
       * @description The first day it no longer ran; null while it runs.
       */
      ended_on: string | null;
      /** @description The stable id. */
      id: string;
      /** @description The id of its kind. */
      kind: string;
      /**
       * Format: date
       * @description The first day it ran.
       */
      started_on: string;
    };
    /** @description Which release numbers come from. */
    ReleaseReference: {
      /**
       * Format: date
       * @description The day on which it was made.
       */
      made_on: string;
      /**
       * Format: int32
       * @description The number, counted from 1.
       */
      number: number;
    };
    /** @description A report, for operators. */
    ReportAnswer: {
      category: components['schemas']['ReportTermAnswer'] | null;
      /** @description The way by which it came. */
      channel: components['schemas']['ReportTermAnswer'];
      claim: components['schemas']['ReportClaimAnswer'] | null;
      /**
       * Format: date-time
       * @description When it happened, in local time; null where it was not said.
       */
      happened_at: string | null;
      judgement: components['schemas']['ReportJudgementAnswer'] | null;
      /** @description The number on its receipt. */
      number: components['schemas']['ReportNumber'];
      /** @description Where it happened, as far as it is known. */
      place: components['schemas']['ReportPlaceAnswer'];
      /**
       * Format: date-time
       * @description When it came.
       */
      received_at: string;
      /** @description How far it is handled. */
      status: components['schemas']['ReportStatus'];
      /** @description What was said in words; null where nothing was, or when its days are over. */
      text: string | null;
      /**
       * Format: int32
       * @description Grows with every change; a judgement names it in `If-Match`.
       */
      version: number;
    };
    /** @description That an operator looks at a report. */
    ReportClaimAnswer: {
      /** @description The label of the operator's token. */
      by: string;
      /** @description Whether that is who asks. */
      mine: boolean;
      /**
       * Format: date-time
       * @description Until when.
       */
      until: string;
    };
    /** @description What may be reported, and what becomes of the words. */
    ReportFormAnswer: {
      /** @description The categories that people may report, in the order of the form. */
      categories: components['schemas']['ReportTermAnswer'][];
      /**
       * Format: int32
       * @description The most characters of the text.
       */
      text_chars: number;
      /**
       * Format: int32
       * @description Days after which the text is deleted.
       */
      text_days: number;
    };
    /** @description How a report was judged. */
    ReportJudgementAnswer: {
      /** @description The label of the operator's token. */
      by: string;
      /** @description The incident that it is. */
      incident: string | null;
      /**
       * Format: date-time
       * @description When.
       */
      judged_at: string;
      /** @description Why not, where it was not taken up. */
      reason: string | null;
      report: components['schemas']['ReportNumber'] | null;
    };
    /**
     * @description The number on the receipt of a report: ten letters that nobody guesses.
     *
     *     ```
     *     use binhyen::domain::report::ReportNumber;
     *     let number: ReportNumber = "k7p2m-9q4xt".parse()?;
     *     assert_eq!(number.as_str(), "K7P2M9Q4XT");
     *     assert!("12345".parse::<ReportNumber>().is_err());
     *     # Ok::<(), binhyen::domain::report::ReportNumberError>(())
     *     ```
     */
    ReportNumber: string;
    /** @description Where something is said to have happened. */
    ReportPlaceAnswer: {
      area_code: components['schemas']['AreaCode'] | null;
      /** @description Its name. */
      area_name: string | null;
      edition: components['schemas']['EditionId'] | null;
      /**
       * Format: double
       * @description The latitude; null where no point is known.
       */
      lat: number | null;
      /**
       * Format: double
       * @description The longitude; null where no point is known.
       */
      lon: number | null;
    };
    /** @description A page of reports. */
    ReportQueueAnswer: {
      /** @description The value of `cursor` for the next page; null on the last one. */
      next: string | null;
      /**
       * Format: int64
       * @description How many reports nobody has judged.
       */
      open: number;
      /** @description The reports on the page. */
      reports: components['schemas']['ReportAnswer'][];
    };
    /** @description A report beside what is near it in space and time. */
    ReportReviewAnswer: {
      /**
       * Format: int64
       * @description Within how many hours something is near.
       */
      near_hours: number;
      /** @description Incidents that are near, the nearest first. */
      near_incidents: components['schemas']['NearIncidentAnswer'][];
      /**
       * Format: double
       * @description Within how many metres something is near.
       */
      near_m: number;
      /** @description Other reports that are near, the nearest first. */
      near_reports: components['schemas']['NearReportAnswer'][];
      /** @description The report. */
      report: components['schemas']['ReportAnswer'];
    };
    /**
     * @description How far a report is handled.
     * @enum {string}
     */
    ReportStatus: 'received' | 'in_review' | 'taken_up' | 'not_taken_up' | 'merged';
    /** @description What the form sends. There is no member for a person, and none is taken. */
    ReportSubmission: {
      /** @description Where there is no point: the code of the commune. */
      area_code?: string | null;
      /** @description The id of a category that people may report. */
      category: string;
      /** @description The challenge, as `/reports/challenge` gave it. */
      challenge: string;
      /** @description Where there is no point: the edition of the commune. */
      edition?: string | null;
      /**
       * Format: double
       * @description Its latitude.
       */
      lat?: number | null;
      /**
       * Format: double
       * @description The longitude of a point inside the province.
       */
      lon?: number | null;
      /** @description A number, in digits, such that the SHA-256 of `challenge:solution` begins with enough zero bits. */
      solution: string;
      /** @description A few words, without names. */
      text?: string | null;
      /** @description When it happened: with an offset, or in local time. */
      time: string;
    };
    /** @description A word of the taxonomy. */
    ReportTermAnswer: {
      /** @description Its id. */
      id: string;
      /** @description Its name. */
      name: components['schemas']['Names'];
    };
    /** @description Which figures of residents a rate rests on. */
    ResidentsBase: {
      /** @description How many residents there are between two of them. */
      between_years: components['schemas']['BetweenYears'];
      /** @description Both in words. */
      text: components['schemas']['Names'];
      /** @description The years of the figures, ascending; empty where there is none. */
      years: number[];
    };
    /**
     * @description The result of a model's last review.
     * @enum {string}
     */
    Review: 'good' | 'fair' | 'weak' | 'unclassified';
    /** @description One review of a model. */
    ReviewAnswer: {
      /**
       * Format: date
       * @description The day.
       */
      on: string;
      /** @description The result. */
      result: components['schemas']['Review'];
    };
    /**
     * @description The four roles, each allowed all that the former is allowed to see.
     * @enum {string}
     */
    Role: 'public' | 'planner' | 'commander' | 'operator';
    /**
     * @description A type of JSON schema.
     * @enum {string}
     */
    SchemaWord: 'object' | 'string' | 'number';
    /** @description A rating scheme. */
    SchemeAnswer: {
      /** @description Its components. */
      components: components['schemas']['SchemeComponentAnswer'][];
      /** @description How it forms the grade. */
      grade: components['schemas']['GradeRuleAnswer'];
      /** @description The first sixteen hexadecimal digits of the SHA-256 of its file. */
      hash: string;
      /** @description The id. */
      id: string;
      /** @description Its name for people. */
      name: components['schemas']['Names'];
      /** @description Whether the public may request it. */
      released: boolean;
      /** @description The version that its file names. */
      version: string;
    };
    /** @description A component of a rating scheme. */
    SchemeComponentAnswer: {
      /** @description What its incidents are measured against. */
      exposure: components['schemas']['ExposureKind'];
      /** @description The id. */
      id: string;
      /** @description Its name for people. */
      name: components['schemas']['Names'];
      /** @description Whether it takes part in the grade. */
      rated: boolean;
      /** @description The weight of each severity, the least severe first. */
      weights: number[];
    };
    /** @description The rating scheme that numbers were made with. */
    SchemeReference: {
      /** @description The first sixteen hexadecimal digits of the SHA-256 of its file. */
      hash: string;
      /** @description The id. */
      id: string;
      /** @description Its name for people. */
      name: components['schemas']['Names'];
      /** @description The version that its file names. */
      version: string;
    };
    /** @description Counts and rates of some areas, step by step. */
    SeriesAnswer: components['schemas']['Heading'] & {
      /** @description The areas in the order asked for. */
      areas: components['schemas']['AreaSeries'][];
      /** @description The length of the steps. */
      by: components['schemas']['StepName'];
      /** @description The level of the areas. */
      level: components['schemas']['Level'];
      /** @description How the figures are found. */
      method: components['schemas']['SeriesMethod'];
    };
    /** @description How the figures of a series are found. */
    SeriesMethod: {
      /** @description How days are written. */
      days: string;
      /**
       * Format: double
       * @description Coverage of the limits, 0 to 1.
       */
      level: number;
      /** @description How the limits are found. */
      limits: string;
      /** @description What a step is that the period cuts. */
      partial: string;
      /** @description The unit of every rate. */
      rate_unit: string;
      /** @description How the tendency is found. */
      tendency: string;
      /** @description The time zone in which days begin. */
      time_zone: string;
      /** @description What a week is; null in a series by anything else. */
      week: string | null;
      year: components['schemas']['StatisticsYearAnswer'] | null;
    };
    /** @description One area in one step. */
    SeriesStep: components['schemas']['MeasuredFigures'] & {
      /**
       * Format: date
       * @description The first day.
       */
      from: string;
      /** @description Whether the period cuts the step. */
      partial: boolean;
      /**
       * Format: date
       * @description The day after the last.
       */
      to: string;
      /** @description The id of the year of statistics, null where the step is none; only there in a series by year. */
      window?: string | null;
    };
    /**
     * Format: int32
     * @description A severity from 1 (administrative) to 5 (exceptionally serious).
     */
    Severity: number;
    /** @description One degree of severity. */
    SeverityAnswer: {
      /** @description The id in files. */
      id: string;
      /** @description Its name for people. */
      name: components['schemas']['Names'];
      /**
       * Format: int32
       * @description The number in addresses and attributes, 1 to 5.
       */
      number: number;
    };
    /** @description The incidents of one severity. */
    SeverityChange: {
      /** @description Its two counts. */
      change: components['schemas']['CountChangeAnswer'];
      /** @description The id of the severity. */
      severity: string;
      /** @description Its name for people. */
      severity_name: components['schemas']['Names'];
    };
    /** @description The units under a commune, kind by kind and together. */
    SharesAnswer: {
      /** @description Kind by kind, in the order of the rule. */
      kinds: components['schemas']['KindShareAnswer'][];
      /** @description All kinds together. */
      together: components['schemas']['KindCountsAnswer'];
    };
    /** @description How many of the units under a commune must have registered and be recognised. */
    ShareThreshold: {
      /** @description The kinds of unit. */
      of: components['schemas']['UnitKind'][];
      /** @description Whether each kind has to reach it by itself. */
      pool: components['schemas']['Pool'];
      /** @description The least share that is recognised, as numerator and denominator. */
      recognised_min: components['schemas']['Fraction'];
      /** @description The least share that registered, as numerator and denominator. */
      registered_min: components['schemas']['Fraction'];
    };
    /** @description How somebody signs in. */
    SignInAnswer: {
      provider: components['schemas']['SignInProviderAnswer'] | null;
    };
    /** @description A provider of sign-ins (OpenID Connect), and the page as its public client. */
    SignInProviderAnswer: {
      /** @description Where somebody signs in; null until the provider has said so. */
      authorization_endpoint: string | null;
      /** @description Whether it can be asked now; where it cannot, tokens of the configuration go on working. */
      available: boolean;
      /** @description How the page is registered there. */
      client_id: string;
      /** @description Its name in its tokens. */
      issuer: string;
      /** @description What it is called. */
      label: string;
      /** @description What the page asks for. */
      scopes: string[];
      /** @description Which of its tokens the page sends. */
      token: components['schemas']['SignInTokenAnswer'];
      /** @description Where the page gets its tokens; null until the provider has said so. */
      token_endpoint: string | null;
    };
    /**
     * @description Which of the provider's tokens the page sends.
     * @enum {string}
     */
    SignInTokenAnswer: 'access_token' | 'id_token';
    /** @description One incident as a GeoJSON feature. */
    SingleIncidentAnswer: {
      geometry: components['schemas']['GeoJsonGeometry'] | null;
      /** @description The stable id. */
      id: string;
      /** @description What is known of it. */
      properties: components['schemas']['StoredProperties'];
      /** @description Always `Feature`. */
      type: components['schemas']['FeatureType'];
    };
    /** @description The last days. */
    SituationAnswer: {
      /** @description Whether the data reach yesterday, so that these are the last days indeed. */
      current: boolean;
      /**
       * Format: date
       * @description The last day that the data cover; null where they cover none.
       */
      data_until: string | null;
      /**
       * Format: int32
       * @description How many days are looked at.
       */
      days: number;
      /** @description The edition of the communes. */
      edition: components['schemas']['EditionId'];
      /**
       * Format: int64
       * @description The state of the data.
       */
      epoch: number;
      /**
       * Format: date
       * @description From this day on reports may still come in; null where none may.
       */
      incomplete_from: string | null;
      /** @description The levels, the widest first. */
      levels: components['schemas']['SituationLevelAnswer'][];
      /** @description What the usual is, in a sentence. */
      method: components['schemas']['Names'];
      /** @description The newest incidents of these days, the newest first; null for planners. */
      newest: components['schemas']['NewestIncident'][] | null;
      /** @description What limits it: how far the data reach, which days may still change. A sentence each. */
      notes: components['schemas']['Names'][];
      period: components['schemas']['PeriodDates'] | null;
      /** @description What was written in as many days before now, whenever it happened. */
      recent: components['schemas']['RecentAnswer'];
      /** @description Whether the served data is the invented sample. */
      sample: boolean;
      /** @description What there is, in a sentence. */
      sentence: components['schemas']['Names'];
      /** @description How many former years say what is usual. */
      years: number;
    };
    /** @description One area. */
    SituationAreaAnswer: {
      /** @description The code within the edition. */
      code: components['schemas']['AreaCode'];
      /** @description The official name. */
      name: string;
      /** @description All incidents first, then the components, in the province the categories after them. */
      parts: components['schemas']['SituationPartAnswer'][];
    };
    /** @description The areas of a level. */
    SituationLevelAnswer: {
      /** @description The areas, in the order of the level. */
      areas: components['schemas']['SituationAreaAnswer'][];
      /** @description The edition of its codes: districts are those of the newest edition that has them. */
      edition: components['schemas']['EditionId'];
      /** @description The level. */
      level: components['schemas']['Level'];
      /**
       * Format: double
       * @description The probability of each single range.
       */
      range: number;
    };
    /** @description One count of an area. */
    SituationPartAnswer: {
      /**
       * Format: int32
       * @description The count; null where its days are not known there.
       */
      count: number | null;
      /**
       * Format: double
       * @description What was to be expected; null where no former year is known.
       */
      expected: number | null;
      /**
       * Format: int64
       * @description The greatest usual count.
       */
      high: number | null;
      /** @description The id of the component or category; null for all. */
      id: string | null;
      /** @description What is counted. */
      kind: components['schemas']['PartKind'];
      /**
       * Format: int64
       * @description The least usual count.
       */
      low: number | null;
      /** @description Where the count lies. */
      standing: components['schemas']['StandingWord'];
    };
    /** @description The boxes around features. */
    SpatialExtentAnswer: {
      /** @description West, south, east, north. */
      bbox: number[][];
      /** @description The reference system of the box. */
      crs: string;
    };
    /**
     * @description Where a count lies.
     * @enum {string}
     */
    StandingWord: 'usual' | 'more' | 'fewer' | 'unknown';
    /** @description What a year of statistics is. */
    StatisticsYearAnswer: {
      /** @description Its first day as `--MM-DD`. */
      first_day: string;
      /** @description Always `statistics`. */
      kind: components['schemas']['YearKind'];
      /** @description Its last day as `--MM-DD`. */
      last_day: string;
    };
    /**
     * @description Where a unit or an area stands: by the official decision, or by our check.
     * @enum {string}
     */
    Statutory: 'met' | 'not_met' | 'insufficient';
    /** @description Whether an area meets the standard "An toàn về an ninh, trật tự": the decision, and our check beside it. */
    StatutoryAnswer: {
      agreement?: components['schemas']['Agreement'] | null;
      circular: components['schemas']['CircularAnswer'] | null;
      /** @description The communes that lie in the area; null for a district or the province. */
      communes: components['schemas']['CommuneAnswer'][] | null;
      counts?: components['schemas']['StatutoryCounts'] | null;
      movement_grade?: components['schemas']['MovementGradeAnswer'] | null;
      verdict: components['schemas']['Statutory'] | null;
      window: components['schemas']['StatutoryWindow'] | null;
    };
    /** @description How many communes of an area stand how. */
    StatutoryCounts: {
      /** @description By whether the check agrees with the decision. */
      agreement: components['schemas']['AgreementCounts'];
      /** @description By our check. */
      check: components['schemas']['CheckCounts'];
      /** @description All communes of the area. */
      communes: number;
    };
    /**
     * @description What is found about one criterion.
     * @enum {string}
     */
    StatutoryVerdict: 'met' | 'not_met' | 'no_data' | 'not_applicable';
    /** @description A named window of certification. */
    StatutoryWindow: {
      /**
       * Format: date
       * @description The first day.
       */
      from: string;
      /** @description The id. */
      id: string;
      /** @description The name for people. */
      name: components['schemas']['Names'];
      /**
       * Format: date
       * @description The day after the last.
       */
      to: string;
    };
    /**
     * @description The word for the length of a step.
     * @enum {string}
     */
    StepName: 'day' | 'week' | 'month' | 'quarter' | 'year';
    /** @description How many models ran, came and went in a window. */
    StockAnswer: {
      /** @description Whether start + new + replicated − retired = end. */
      balances: boolean;
      /**
       * Format: int32
       * @description Running on its last day.
       */
      end: number;
      /**
       * Format: int32
       * @description Running from before the window to its end.
       */
      kept: number;
      /**
       * Format: int32
       * @description Built in it.
       */
      new: number;
      /**
       * Format: int32
       * @description Replicated in it.
       */
      replicated: number;
      /**
       * Format: int32
       * @description Retired in it.
       */
      retired: number;
      /**
       * Format: int32
       * @description Running on the day before the window.
       */
      start: number;
      /** @description The window. */
      window: components['schemas']['WindowSpan'];
    };
    /**
     * @description The condition of the store.
     * @enum {string}
     */
    StoreConditionAnswer: 'in_order' | 'gone' | 'replaced' | 'unreadable' | 'slow' | 'behind';
    /** @description What an incident says, in the fields of an import. */
    StoredProperties: {
      /** @description The area, where no point is known. */
      area_code?: string | null;
      /** @description What happened. */
      category: string;
      /** @description How word of it came. */
      channel: string;
      /** @description The edition of the area. */
      edition?: string | null;
      /** @description How exact the point is. */
      precision: string;
      /** @description How severe it was. */
      severity: string;
      /** @description How far it is handled. */
      status: string;
      /** @description The moment (RFC 3339, UTC). */
      time: string;
    };
    /** @description One MapLibre style. */
    StyleEntry: {
      /** @description The id. */
      id: string;
      /** @description The style in its forms, and what it is. */
      links: components['schemas']['TypedLink'][];
      /** @description The name that the style gives itself. */
      name: string | null;
      /** @description The same name, as OGC API – Styles calls it. */
      title: string | null;
      /** @description The address of the style. */
      url: string;
    };
    /** @description What a style is. */
    StyleMetadata: {
      /** @description The id. */
      id: string;
      /** @description This document. */
      links: components['schemas']['TypedLink'][];
      /** @description What it is of. */
      scope: components['schemas']['StyleScope'];
      /** @description The style in its forms. */
      stylesheets: components['schemas']['Stylesheet'][];
      /** @description The themes that the parameter `layer` chooses from. */
      themes: string[];
      /** @description The name that the style gives itself. */
      title: string | null;
    };
    /** @description The styles there are. */
    StylesAnswer: {
      /** @description The id of the style that is meant where none is named. */
      default: string;
      /** @description This list. */
      links: components['schemas']['TypedLink'][];
      /** @description Whether the served data is the invented sample. */
      sample: boolean;
      /** @description The styles. */
      styles: components['schemas']['StyleEntry'][];
    };
    /**
     * @description What a style is of.
     * @enum {string}
     */
    StyleScope: 'style';
    /** @description One form of a style. */
    Stylesheet: {
      /** @description Its address. */
      link: components['schemas']['TypedLink'];
      /** @description Whether it is the form in which the style was made. */
      native: boolean;
      /** @description The address of the specification. */
      specification: string;
      /** @description What it is called. */
      title: string;
      /** @description The version of its format. */
      version: string;
    };
    /** @description The intervals in which features are. */
    TemporalExtentAnswer: {
      /** @description The first and the last moment; null where it is open. */
      interval: (string | null)[][];
      /** @description The calendar. */
      trs: string;
    };
    /** @description Whether a rate rises or falls, with the figures behind it. */
    TendencyAnswer: {
      /** @description What can be said. */
      direction: components['schemas']['TendencyDirection'];
      /**
       * Format: double
       * @description Variance over mean of the counts about the trend.
       */
      dispersion: number | null;
      /**
       * Format: double
       * @description Upper limit of that ratio.
       */
      high: number | null;
      /**
       * Format: double
       * @description Lower limit of that ratio.
       */
      low: number | null;
      mann_kendall: components['schemas']['MannKendallAnswer'] | null;
      /**
       * Format: double
       * @description The rate of a step over that of the step before, by the log-linear Poisson model.
       */
      rate_ratio_per_step: number | null;
      /** @description How many steps it rests on. */
      steps: number;
      theil_sen: components['schemas']['TheilSenAnswer'] | null;
    };
    /**
     * @description Where a rate goes.
     * @enum {string}
     */
    TendencyDirection: 'rising' | 'falling' | 'not_clear';
    /** @description The slope of Theil and Sen. */
    TheilSenAnswer: {
      /**
       * Format: double
       * @description Upper limit.
       */
      high: number;
      /**
       * Format: double
       * @description Lower limit.
       */
      low: number;
      /**
       * Format: double
       * @description Change of the rate per 100,000 person-years from step to step.
       */
      rate_per_step: number;
    };
    /** @description What a criterion is compared with. */
    ThresholdAnswer: components['schemas']['ModelThreshold'] | components['schemas']['ShareThreshold'];
    /**
     * @description What a tileset holds.
     * @enum {string}
     */
    TileDataType: 'vector';
    /** @description What a tileset is, by TileJSON 3.0. */
    TileJson: {
      /** @description A sentence on the origin of the data. */
      attribution: string;
      /** @description West, south, east, north in degrees. */
      bounds: [number, number, number, number];
      /** @description Longitude and latitude in degrees, and a zoom, to begin with. */
      center: [number, number, number];
      /** @description What the numbers are counted over. */
      description: string;
      /**
       * Format: int32
       * @description The last zoom that is drawn.
       */
      maxzoom: number;
      /**
       * Format: int32
       * @description The first zoom at which a tile can hold something.
       */
      minzoom: number;
      /** @description The name for people. */
      name: string;
      /** @description Whether the served data is the invented sample. */
      sample: boolean;
      /** @description How rows are numbered: from the north. */
      scheme: components['schemas']['TileScheme'];
      squares?: components['schemas']['CountedSquares'] | null;
      /** @description The version of TileJSON. */
      tilejson: string;
      /** @description The templates of the tile addresses. */
      tiles: string[];
      /** @description The layers of a tile. */
      vector_layers: components['schemas']['VectorLayer'][];
      /** @description The version of the tiles, which ends in the epoch. */
      version: string;
    };
    /** @description The tiles of one zoom. */
    TileMatrix: {
      /**
       * Format: double
       * @description The side of a pixel in metres of the projection.
       */
      cellSize: number;
      /** @description Where rows and columns begin. */
      cornerOfOrigin: components['schemas']['CornerOfOrigin'];
      /** @description The zoom. */
      id: string;
      /**
       * Format: int32
       * @description How many rows there are.
       */
      matrixHeight: number;
      /**
       * Format: int32
       * @description How many columns there are.
       */
      matrixWidth: number;
      /** @description That corner in metres. */
      pointOfOrigin: number[];
      /**
       * Format: double
       * @description The scale for pixels of 0.28 mm.
       */
      scaleDenominator: number;
      /**
       * Format: int32
       * @description The height of a tile in pixels.
       */
      tileHeight: number;
      /**
       * Format: int32
       * @description The width of a tile in pixels.
       */
      tileWidth: number;
    };
    /** @description The rows and columns of a zoom that can hold something. */
    TileMatrixLimits: {
      /**
       * Format: int32
       * @description The easternmost column.
       */
      maxTileCol: number;
      /**
       * Format: int32
       * @description The southernmost row.
       */
      maxTileRow: number;
      /**
       * Format: int32
       * @description The westernmost column.
       */
      minTileCol: number;
      /**
       * Format: int32
       * @description The northernmost row.
       */
      minTileRow: number;
      /** @description The zoom. */
      tileMatrix: string;
    };
    /** @description A scheme of tiles. */
    TileMatrixSet: {
      /** @description The reference system. */
      crs: string;
      /** @description Its id. */
      id: string;
      /** @description The axes in the order of the coordinates. */
      orderedAxes: string[];
      /** @description Its matrices, one to a zoom. */
      tileMatrices: components['schemas']['TileMatrix'][];
      /** @description What it is called. */
      title: string;
      /** @description The address of its definition. */
      uri: string;
      /** @description The scales that it has in common with others. */
      wellKnownScaleSet: string;
    };
    /** @description A scheme in the list. */
    TileMatrixSetEntry: {
      /** @description The reference system. */
      crs: string;
      /** @description Its id. */
      id: string;
      /** @description The scheme. */
      links: components['schemas']['TypedLink'][];
      /** @description What it is called. */
      title: string;
      /** @description The address of its definition. */
      uri: string;
    };
    /** @description The schemes there are. */
    TileMatrixSetsAnswer: {
      /** @description This list. */
      links: components['schemas']['TypedLink'][];
      /** @description The schemes. */
      tileMatrixSets: components['schemas']['TileMatrixSetEntry'][];
    };
    /**
     * @description How the rows of a tileset are numbered.
     * @enum {string}
     */
    TileScheme: 'xyz';
    /**
     * @description A named set of tiles.
     * @enum {string}
     */
    Tileset: 'communes' | 'districts' | 'province' | 'labels' | 'models' | 'incidents' | 'map';
    /** @description One tileset. */
    TilesetEntry: {
      /** @description The reference system of its tiles. */
      crs: string;
      /** @description What it holds. */
      dataType: components['schemas']['TileDataType'];
      /** @description The name in addresses. */
      id: components['schemas']['Tileset'];
      /** @description What OGC API – Tiles says of it, its TileJSON, its scheme. */
      links: components['schemas']['TypedLink'][];
      /** @description The definition of the scheme of its tiles. */
      tileMatrixSetURI: string;
      /** @description The name for people. */
      title: string;
      /** @description The address of its TileJSON. */
      url: string;
    };
    /** @description One layer of a tileset. */
    TilesetLayer: {
      /** @description What it holds. */
      dataType: components['schemas']['TileDataType'];
      /**
       * Format: int32
       * @description 0 for points, 2 for areas.
       */
      geometryDimension: number;
      /** @description The name of the layer in tiles. */
      id: components['schemas']['Tileset'];
      /** @description The last zoom at which there are tiles. */
      maxTileMatrix: string;
      /** @description The first zoom at which it can hold something. */
      minTileMatrix: string;
      /** @description Its attributes. */
      propertiesSchema: components['schemas']['PropertiesSchema'];
      /** @description What it is called. */
      title: string;
    };
    /** @description What OGC API – Tiles says of a tileset. */
    TilesetMetadata: {
      /** @description A sentence on the origin of the data. */
      attribution: string;
      /** @description The box around all that the tiles hold. */
      boundingBox: components['schemas']['BoundingBox'];
      /** @description Where to begin. */
      centerPoint: components['schemas']['CenterPoint'];
      /** @description The reference system of its tiles. */
      crs: string;
      /** @description What it holds. */
      dataType: components['schemas']['TileDataType'];
      /** @description What the numbers are counted over. */
      description: string;
      /** @description The layers of a tile. */
      layers: components['schemas']['TilesetLayer'][];
      /** @description The tiles, their scheme, the TileJSON. */
      links: components['schemas']['TypedLink'][];
      /** @description The id of the scheme of its tiles. */
      tileMatrixSetId: string;
      /** @description The rows and columns that can hold something, by zoom. */
      tileMatrixSetLimits: components['schemas']['TileMatrixLimits'][];
      /** @description The definition of that scheme. */
      tileMatrixSetURI: string;
      /** @description What it is called. */
      title: string;
    };
    /** @description The tilesets that the role may have. */
    TilesetsAnswer: {
      /**
       * Format: int64
       * @description The state of the data; it grows with every change.
       */
      epoch: number;
      /** @description This list. */
      links: components['schemas']['TypedLink'][];
      /** @description Whether the served data is the invented sample. */
      sample: boolean;
      /** @description The tilesets. */
      tilesets: components['schemas']['TilesetEntry'][];
    };
    /** @description A token, without the token. */
    TokenAnswer: {
      /**
       * Format: date-time
       * @description From when on it is no longer; null where never.
       */
      expires: string | null;
      /** @description The first eight hexadecimal digits of its SHA-256, by which its entry in the configuration is found. */
      fingerprint: string;
      /** @description Who holds it, as the configuration says. */
      label: string;
      /**
       * Format: date
       * @description The day of the last of them; null where there was none.
       */
      last_used_on: string | null;
      /**
       * Format: date-time
       * @description From when on it is good; null where always.
       */
      not_before: string | null;
      /**
       * Format: int64
       * @description Requests with it that were answered since the server began to count.
       */
      requests: number;
      /** @description The role that it opens. */
      role: components['schemas']['Role'];
      /** @description Where it opens anything. */
      scope: components['schemas']['TokenScopeAnswer'];
      /** @description Whether it is good now. */
      state: components['schemas']['TokenStateAnswer'];
    };
    /** @description The tokens in use. */
    TokensAnswer: {
      /**
       * Format: date-time
       * @description When the server began to count requests.
       */
      counted_since: string;
      /** @description Those of the configuration in its order, then those that open the sample from this machine. */
      tokens: components['schemas']['TokenAnswer'][];
    };
    /**
     * @description Where a token opens its role.
     * @enum {string}
     */
    TokenScopeAnswer: 'full' | 'local_sample';
    /**
     * @description Whether a token is good now.
     * @enum {string}
     */
    TokenStateAnswer: 'valid' | 'not_yet_valid' | 'expired';
    /** @description Sums over the edition, as far as they may be seen: the account of incidents, and the models. */
    TotalsAnswer: components['schemas']['AccountAnswer'] & {
      /**
       * Format: int32
       * @description Active community models on the last day of the period.
       */
      models: number;
    };
    /** @description How the area moved since the window before. */
    TrendAnswer: components['schemas']['TrendFiguresAnswer'] & {
      arrow: components['schemas']['Arrow'] | null;
      before: components['schemas']['TrendRuleAnswer'] | null;
      /**
       * Format: double
       * @description Coverage of the limits, 0 to 1.
       */
      level: number;
    };
    /** @description What an arrow rests on; all null for the public, which sees the arrow only. */
    TrendFiguresAnswer: components['schemas']['RateRatioFigures'] & {
      /**
       * Format: int64
       * @description Incidents of the window.
       */
      incidents: number | null;
      /**
       * Format: int64
       * @description Incidents of the window before.
       */
      incidents_before: number | null;
      /**
       * Format: double
       * @description Residents × years of the window.
       */
      person_years: number | null;
      /**
       * Format: double
       * @description Residents × years of the window before.
       */
      person_years_before: number | null;
    };
    /**
     * @description Why nothing can be said of a trend.
     * @enum {string}
     */
    TrendGap: 'incidents_do_not_cover_both_windows' | 'window_before_is_not_released';
    /** @description The figures of a trend that a table has room for. */
    TrendRowFigures: {
      /**
       * Format: int64
       * @description Incidents of the window before.
       */
      incidents_before: number;
      /**
       * Format: double
       * @description Two-sided mid-P of equal rates.
       */
      p: number;
      /**
       * Format: double
       * @description The same kept in check over the areas, by Benjamini and Hochberg.
       */
      q: number;
    };
    /** @description The window that trends are taken from, and by which rule. */
    TrendRuleAnswer: {
      /**
       * Format: double
       * @description An arrow points up or down below this q.
       */
      max_q: number;
      reason: components['schemas']['TrendGap'] | null;
      /** @description The statistical test. */
      test: string;
      /** @description The window before the requested one. */
      window: components['schemas']['WindowSpan'];
    };
    /** @description Some areas in two periods. */
    TwoPeriodsAnswer: components['schemas']['TwoPeriodsHeading'] & {
      /** @description The areas, in the order asked for. */
      areas: components['schemas']['AreaChange'][];
      /** @description The level of the areas. */
      level: components['schemas']['Level'];
      /** @description How the changes are found. */
      method: components['schemas']['ComparisonMethod'];
      /** @description The two periods, the first asked for first. */
      periods: components['schemas']['ComparedPeriod'][];
      /** @description Whether both periods cover the same seasons. */
      same_seasons: boolean;
    };
    /** @description What an answer on two periods begins with: no period stands alone here. */
    TwoPeriodsHeading: {
      /** @description The edition of the boundaries. */
      edition: components['schemas']['EditionId'];
      /**
       * Format: int64
       * @description The state of the data; it grows with every change.
       */
      epoch: number;
      /** @description The filter of both periods in its canonical form. */
      filter: components['schemas']['FilterWithoutPeriod'];
      release: components['schemas']['ReleaseReference'] | null;
      /** @description Whether the served data is the invented sample. */
      sample: boolean;
      /** @description The rating scheme that the numbers were made with. */
      scheme: components['schemas']['SchemeReference'];
    };
    /** @description A link to another document. */
    TypedLink: {
      /** @description Where to. */
      href: string;
      /** @description What it is to this document. */
      rel: string;
      /** @description Whether names in braces have to be filled in. */
      templated?: boolean | null;
      /** @description What it is called. */
      title?: string | null;
      /** @description Its media type. */
      type: string;
    };
    /** @description A period as it was asked for, before it was cut. */
    UncutPeriod: {
      /**
       * Format: date
       * @description The first day.
       */
      from: string;
      /** @description What was cut, as a sentence. */
      note: components['schemas']['Names'];
      /**
       * Format: date
       * @description The day after the last.
       */
      to: string;
    };
    /** @description Who a unit is, and its official decision. */
    UnitAnswer: {
      /** @description The commune it belongs to; of a commune itself. */
      commune: components['schemas']['CommuneName'];
      /** @description The official decision. */
      decision: components['schemas']['DecisionAnswer'];
      /** @description What it is. */
      kind: components['schemas']['UnitKind'];
      /** @description What people call the place. */
      label: string | null;
      /** @description The stable id of the unit. */
      unit_id: string;
    };
    /**
     * @description The kinds of unit that are certified, each with a denominator of its own.
     * @enum {string}
     */
    UnitKind: 'residential_area' | 'commune' | 'agency' | 'business' | 'school';
    /** @description A unit that is named because it is missing. */
    UnitName: {
      /** @description What people call it; null where the register has no name. */
      label: string | null;
      /** @description Its id in the register. */
      unit_id: string;
    };
    /**
     * @description Why nothing was scanned.
     * @enum {string}
     */
    UnscannedReason: 'too_few_incidents' | 'no_zone';
    /** @description Observed to expected, every incident counting the same. */
    UnweightedFigures: {
      /**
       * Format: double
       * @description Incidents expected at the provincial rate.
       */
      expected: number | null;
      /**
       * Format: double
       * @description Exact upper limit of the ratio.
       */
      high: number | null;
      /**
       * Format: double
       * @description Coverage of the limits, 0 to 1.
       */
      level: number;
      /**
       * Format: double
       * @description Exact lower limit of the ratio.
       */
      low: number | null;
      /**
       * Format: int32
       * @description Incidents of the filter.
       */
      observed: number | null;
      /**
       * Format: double
       * @description Observed over expected.
       */
      ratio: number | null;
    };
    /**
     * @description How the values of an attribute are written for people.
     * @enum {string}
     */
    ValueFormat: 'text' | 'time' | 'date' | 'count' | 'rate' | 'density' | 'decimal' | 'share';
    /** @description One layer of a tileset. */
    VectorLayer: {
      /** @description What it holds, in English. */
      description: string;
      /** @description The type of every field, `Number` or `String`. */
      fields: {
        [key: string]: string;
      };
      /** @description The name of the layer. */
      id: components['schemas']['Tileset'];
      /**
       * Format: int32
       * @description The last zoom that is drawn.
       */
      maxzoom: number;
      /**
       * Format: int32
       * @description The first zoom at which it can hold something.
       */
      minzoom: number;
    };
    /** @description Which program serves which data under which rules, and to whom. */
    VersionAnswer: {
      /**
       * @description The commit it was built from, followed by `, changed` where its sources had changed since; null where the build
       *     did not know it.
       */
      commit: string | null;
      /**
       * Format: int64
       * @description The state of the data; it grows with every change.
       */
      epoch: number;
      /** @description The name of the program. */
      name: string;
      release: components['schemas']['ReleaseReference'] | null;
      /** @description A name for all that answers depend on: data, rules and program. */
      revision: string;
      /** @description The role of who asks. */
      role: components['schemas']['Role'];
      /** @description The rule file in force. */
      rules: components['schemas']['FileVersion'];
      /** @description Whether the served data is the invented sample. */
      sample: boolean;
      /** @description The words for incidents. */
      taxonomy: components['schemas']['FileVersion'];
      /** @description Its version. */
      version: string;
    };
    /** @description The severity-weighted ratio and the way to it; the first six are null for the public. */
    WeightedAnswer: {
      /**
       * Format: double
       * @description Score in independent events.
       */
      effective_count: number | null;
      /**
       * Format: double
       * @description Expected score in independent events.
       */
      effective_expected: number | null;
      /**
       * Format: double
       * @description Points expected.
       */
      expected_score: number | null;
      posterior: components['schemas']['PosteriorAnswer'] | null;
      /**
       * Format: double
       * @description Probability that the relative risk exceeds 1.
       */
      prob_above_1: number | null;
      /**
       * Format: double
       * @description Its median.
       */
      ratio: number | null;
      /**
       * Format: double
       * @description Upper end of the credible interval.
       */
      ratio_high: number | null;
      /**
       * Format: double
       * @description Lower end of the credible interval.
       */
      ratio_low: number | null;
      /**
       * Format: double
       * @description Score over expected score.
       */
      raw_ratio: number | null;
      /**
       * Format: double
       * @description Share of the estimate that comes from the area itself, 0 to 1.
       */
      reliability: number | null;
      /**
       * Format: double
       * @description Points of the incidents counted.
       */
      score: number | null;
    };
    /** @description A named period. */
    WindowAnswer: {
      covered: components['schemas']['PeriodDates'] | null;
      /**
       * Format: date
       * @description The first day.
       */
      from: string;
      /** @description The id in addresses. */
      id: string;
      /** @description Its name for people. */
      name: components['schemas']['Names'];
      /** @description Whether the public may request it today. */
      released: boolean;
      /**
       * Format: date
       * @description The day after the last.
       */
      to: string;
      /** @description What it serves. */
      use: components['schemas']['WindowUse'];
    };
    /** @description A period, with the name of the window that it is. */
    WindowSpan: {
      /**
       * Format: date
       * @description The first day.
       */
      from: string;
      /** @description The id of the window; null where the period is none. */
      id: string | null;
      /**
       * Format: date
       * @description The day after the last.
       */
      to: string;
    };
    /**
     * @description What a window serves.
     * @enum {string}
     */
    WindowUse: 'statistics' | 'certification_residential_area' | 'certification_commune' | 'calendar';
    /**
     * @description Why an area has no letter.
     * @enum {string}
     */
    WithheldReason:
      | 'reliability_below_min_reliability'
      | 'nothing_rated'
      | 'no_rated_events'
      | 'nothing_expected'
      | 'no_spread_between_areas'
      | 'single_area'
      | 'few_areas_published'
      | 'letter_below_min_probability'
      | 'count_not_shown'
      | 'too_few_incidents_to_publish'
      | 'no_population'
      | 'no_exposure'
      | 'not_covered';
    /** @description A pool of heavy work. */
    WorkPoolAnswer: {
      /** @description Its name. */
      pool: string;
      /**
       * Format: int64
       * @description Those turned away since the start.
       */
      refused: number;
      /**
       * Format: int64
       * @description The works that run.
       */
      running: number;
      /**
       * Format: int64
       * @description Those that wait for a turn.
       */
      waiting: number;
    };
    /** @description What became of the features of a request: `read` = `added` + `amended` + `unchanged` + `withdrawn` + `rejected`. */
    WriteAnswer: {
      /**
       * Format: int64
       * @description Records that are new.
       */
      added: number;
      /**
       * Format: int64
       * @description Records that were there with other content.
       */
      amended: number;
      /**
       * Format: int64
       * @description The state of the data that shows it.
       */
      epoch: number;
      /**
       * Format: int64
       * @description Features of the request.
       */
      read: number;
      /** @description The features that were not taken. */
      rejected: components['schemas']['RejectedFeature'][];
      /** @description Whether the same request was done before under its key, and nothing now. */
      repeated: boolean;
      /**
       * Format: int64
       * @description Records that were there already, the same.
       */
      unchanged: number;
      /**
       * Format: int64
       * @description Records that are there no more.
       */
      withdrawn: number;
    };
    /** @description The incidents of an area in one year of statistics, which ends in December of the year it is called by. */
    YearCountAnswer: {
      /**
       * Format: int32
       * @description Incidents; null where the role may not see them.
       */
      incidents: number | null;
      /** @description Its window. */
      window: components['schemas']['WindowSpan'];
      /**
       * Format: int32
       * @description The year in which it ends.
       */
      year: number;
    };
    /**
     * @description The kinds of year that a series may go by.
     * @enum {string}
     */
    YearKind: 'statistics';
  };
  responses: never;
  parameters: never;
  requestBodies: never;
  headers: never;
  pathItems: never;
}
export type $defs = Record<string, never>;
export type operations = Record<string, never>;
