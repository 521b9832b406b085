package dev.vigie.database;

import org.hibernate.dialect.DatabaseVersion;
import org.hibernate.dialect.PostgreSQLDialect;
import org.hibernate.dialect.sql.ast.PostgreSQLSqlAstTranslator;
import org.hibernate.engine.jdbc.dialect.spi.DialectResolutionInfo;
import org.hibernate.engine.spi.SessionFactoryImplementor;
import org.hibernate.sql.ast.SqlAstTranslator;
import org.hibernate.sql.ast.SqlAstTranslatorFactory;
import org.hibernate.sql.ast.spi.StandardSqlAstTranslatorFactory;
import org.hibernate.sql.ast.tree.Statement;
import org.hibernate.sql.exec.spi.JdbcOperation;

/** PostgreSQL's dialect without what H2 does not know: {@code for no key update}. */
public class PortableDialect extends PostgreSQLDialect {

    private static final String FOR_UPDATE = " for update";

    public PortableDialect() {
        super(DatabaseVersion.make(15));
    }

    public PortableDialect(DialectResolutionInfo info) {
        super(info);
    }

    @Override
    public String getForUpdateString() {
        return FOR_UPDATE;
    }

    @Override
    public SqlAstTranslatorFactory getSqlAstTranslatorFactory() {
        return new StandardSqlAstTranslatorFactory() {
            @Override
            protected <T extends JdbcOperation> SqlAstTranslator<T> buildTranslator(
                    SessionFactoryImplementor factory, Statement statement) {
                return new PostgreSQLSqlAstTranslator<T>(factory, statement) {
                    @Override
                    protected String getForUpdate() {
                        return FOR_UPDATE;
                    }
                };
            }
        };
    }
}
